//! What a circuit would cost, beside what it does cost.

use std::fs;

use crate::fixture::job;
use crate::run::{json, refused};

#[test]
fn the_proving_keys_size_is_exact() {
    let folder = job("estimate");
    let estimated = json(&folder, "circuit estimate spec.json");
    let key = fs::metadata(folder.join("circuit/proving.key")).unwrap();
    assert_eq!(estimated["proving_key_bytes"], key.len());
    for part in ["setup_seconds", "prove_seconds", "memory_bytes"] {
        assert!(estimated[part].as_f64().unwrap() > 0.0, "{part}");
    }
    refused(&folder, "circuit estimate model.json", 2, "assay-model");
}
