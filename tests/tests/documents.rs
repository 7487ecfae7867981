//! The documents name tests as evidence: each must exist.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names of all functions in the project's Rust sources.
fn functions(folder: &Path, names: &mut HashSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(&*name, "target" | "node_modules" | ".git") {
            functions(&path, names);
        } else if name.ends_with(".rs") {
            let text = fs::read_to_string(&path).unwrap();
            let of_line =
                |line: &str| Some(line.split_once("fn ")?.1.split('(').next()?.to_owned());
            names.extend(text.lines().filter_map(of_line));
        }
    }
}

/// What stands between backticks and reads like a test: lower case, three underscores or more.
fn named_tests(text: &str) -> impl Iterator<Item = &str> {
    let is_test = |word: &&str| {
        word.matches('_').count() >= 3
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    text.split('`').skip(1).step_by(2).filter(is_test)
}

#[test]
fn every_test_that_a_document_names_exists() {
    let mut names = HashSet::new();
    functions(&root(), &mut names);
    for document in ["SECURITY.md", "prover/docs/soundness.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let missing: Vec<_> = named_tests(&text)
            .filter(|name| !names.contains(*name))
            .collect();
        assert!(
            missing.is_empty(),
            "{document} names tests that don't exist: {missing:?}"
        );
        assert!(named_tests(&text).count() > 5, "{document} names no tests");
    }
}
