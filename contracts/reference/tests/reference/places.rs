//! Where the contracts keep what they keep: everything in one place that is its own.

use std::collections::BTreeSet;

use assay_reference::money::Who;

use crate::accounts::CONTRACTS;
use crate::chain::forgers;
use crate::properties::sequence_of;
use crate::sequence::Sequence;

/// Keys of single things, and names of maps.
type Places = (&'static [&'static str], &'static [&'static str]);

const DATASETS: Places = (
    &["last_id", "contract_info"],
    &["dataset", "details", "owned", "schema"],
);
const STORE: Places = (
    &[
        "config",
        "keeping",
        "last_id",
        "last_model",
        "contract_info",
    ],
    &[
        "blob",
        "chunk",
        "digest",
        "root",
        "hashed_blob",
        "named",
        "pin",
        "evaluation",
        "partly_evaluated",
        "model",
        "schema",
    ],
);
const JOBS: Places = (
    &["config", "last_job", "contract_info"],
    &["job", "slot", "excluded", "credit"],
);
const PREDICTIONS: Places = (
    &["config", "last_offer", "last_request", "contract_info"],
    &[
        "offer", "schema", "request", "end", "of_offer", "input", "output", "balance", "credit",
    ],
);

/// What a key begins with where something is kept.
fn prefixes((items, maps): Places) -> Vec<Vec<u8>> {
    let items = items.iter().map(|item| item.as_bytes().to_vec());
    let map = |name: &&str| [&[0, name.len() as u8], name.as_bytes()].concat();
    items.chain(maps.iter().map(map)).collect()
}

/// Every key that a contract has written lies in exactly one place; returns those that it used.
fn used(sequence: &Sequence, contract: Who, places: Places) -> BTreeSet<Vec<u8>> {
    let prefixes = prefixes(places);
    let address = sequence.chain.address(contract);
    let keys = sequence.chain.app.dump_wasm_raw(address).into_iter();
    keys.map(|(key, _)| {
        let own = prefixes.iter().filter(|prefix| key.starts_with(prefix));
        let own: Vec<&Vec<u8>> = own.collect();
        assert_eq!(own.len(), 1, "{:?}", String::from_utf8_lossy(&key));
        own[0].clone()
    })
    .collect()
}

#[test]
fn everything_is_kept_in_a_place_of_its_own() {
    let forgers = forgers();
    let sequences = [1, 2, 3].map(|seed| sequence_of(&forgers, seed));
    for (contract, places) in [
        (CONTRACTS.datasets, DATASETS),
        (CONTRACTS.store, STORE),
        (CONTRACTS.jobs, JOBS),
        (CONTRACTS.predictions, PREDICTIONS),
    ] {
        let all = prefixes(places);
        for (i, one) in all.iter().enumerate() {
            let others = all.iter().enumerate().filter(|(j, _)| i != *j);
            for (_, other) in others {
                assert!(!other.starts_with(one), "{one:?} {other:?}");
            }
        }
        let used = sequences.iter().flat_map(|s| used(s, contract, places));
        let used: BTreeSet<Vec<u8>> = used.collect();
        assert_eq!(used, all.into_iter().collect(), "{contract:?}");
    }
}
