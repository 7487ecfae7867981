//! What contracts say of each message, and under which names they keep things.

use std::collections::BTreeSet;

use cosmwasm_std::{Order, Response, Storage};

/// Checks that each message is answered with one event, of this type and with attributes of
/// these names, and with no attributes besides.
pub fn assert_events(responses: &[Response], expected: &[(&str, &str)]) {
    assert_eq!(responses.len(), expected.len());
    for (response, (kind, names)) in responses.iter().zip(expected) {
        assert!(response.attributes.is_empty(), "{response:?}");
        let [event] = response.events.as_slice() else {
            panic!("{response:?}");
        };
        let keys: Vec<&str> = event.attributes.iter().map(|a| a.key.as_str()).collect();
        assert_eq!(
            (event.ty.as_str(), keys.join(" ").as_str()),
            (*kind, *names)
        );
        assert!(event.attributes.iter().all(|a| !a.value.is_empty()));
    }
}

/// The names under which things are kept: items' keys, and the names of maps.
pub fn names(storage: &dyn Storage) -> Vec<String> {
    let entries = storage.range(None, None, Order::Ascending);
    let names: BTreeSet<String> = entries.map(|(key, _)| name(&key)).collect();
    names.into_iter().collect()
}

/// A map's name has its length before it.
fn name(key: &[u8]) -> String {
    let name = match key {
        [0, len, rest @ ..] => &rest[..usize::from(*len)],
        item => item,
    };
    String::from_utf8(name.to_vec()).unwrap()
}
