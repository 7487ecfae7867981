//! What entry points take: objects with the fields that there are, and nothing else.

use cosmwasm_std::{Deps, DepsMut, Env, MessageInfo, from_json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json, to_value};

/// Checks what an entry point that changes something takes, from a message that it does.
pub fn assert_exact<M: DeserializeOwned, R>(
    _: fn(DepsMut, Env, MessageInfo, M) -> R,
    message: &impl Serialize,
) {
    assert_reads_exactly::<M>(message);
}

/// Checks what an entry point that answers takes, from a query that it answers.
pub fn assert_exact_query<M: DeserializeOwned, R>(
    _: fn(Deps, Env, M) -> R,
    message: &impl Serialize,
) {
    assert_reads_exactly::<M>(message);
}

/// A message is read, but not with one more field in any of its objects, nor with the list
/// of its values in place of any.
fn assert_reads_exactly<M: DeserializeOwned>(message: &impl Serialize) {
    let message = to_value(message).unwrap();
    let reads = |message: &Value| from_json::<M>(message.to_string()).is_ok();
    assert!(reads(&message), "{message}");
    for path in objects(&message) {
        let with = |change: fn(&mut Value)| {
            let mut changed = message.clone();
            change(changed.pointer_mut(&path).unwrap());
            changed
        };
        for changed in [with(add_field), with(into_list)] {
            assert!(!reads(&changed), "{changed}");
        }
    }
}

/// The paths of all objects in a value.
fn objects(value: &Value) -> Vec<String> {
    let Value::Object(fields) = value else {
        return Vec::new();
    };
    let inner = fields.iter().flat_map(|(name, field)| {
        let paths = objects(field).into_iter();
        paths.map(move |path| format!("/{name}{path}"))
    });
    inner.chain([String::new()]).collect()
}

fn add_field(object: &mut Value) {
    object["more"] = json!(1);
}

fn into_list(object: &mut Value) {
    let fields = object.as_object().unwrap().values();
    *object = fields.cloned().collect();
}
