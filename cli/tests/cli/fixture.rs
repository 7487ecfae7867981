//! A job small enough to set up in seconds: twenty irises, two columns, two classes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::run::{assay, copy, folder};

/// Twenty irises: the petals of ten of one species and ten of another.
pub const ROWS: usize = 20;

/// What a proof is for.
pub const ASSIGNMENT: &str =
    "--chain-id assay-1 --contract escrow1 --job 7 --slot 1 --payee worker1";

/// A CSV file of the first `rows` irises, alternating between two species.
pub fn csv(rows: usize) -> String {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/iris.csv");
    let iris = fs::read_to_string(source).unwrap();
    let lines: Vec<&str> = iris.lines().collect();
    let mut text = String::from("petal_length,petal_width,species\n");
    for row in 0..rows {
        let line = lines[1 + row / 2 + 50 * (row % 2)];
        let values: Vec<&str> = line.split(',').skip(2).collect();
        text += &values.join(",");
        text.push('\n');
    }
    text
}

/// A folder with `iris.csv`, `data`, `model.json`, `spec.json`, `circuit` and
/// `proof.json`, made once.
fn made() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = folder("fixture");
        fs::write(folder.join("iris.csv"), csv(ROWS)).unwrap();
        let prove = format!(
            "prove --dataset data --model model.json --circuit circuit {ASSIGNMENT} -o proof.json"
        );
        for command in [
            "dataset commit iris.csv --label species -o data",
            "train data --lambda 0.01 -o model.json",
            "circuit spec --rows 20 --features 2 --classes 2 --lambda 0.01 -o spec.json",
            "circuit setup spec.json -o circuit",
            &prove,
        ] {
            let found = assay(&folder, command);
            assert_eq!(found.code, 0, "{command}: {}", found.stderr);
        }
        folder
    })
}

/// A copy of all that, for one test to break.
pub fn job(name: &str) -> PathBuf {
    let made = made();
    let folder = folder(name);
    for file in ["iris.csv", "model.json", "spec.json", "proof.json"] {
        fs::copy(made.join(file), folder.join(file)).unwrap();
    }
    copy(&made.join("data"), &folder.join("data"));
    copy(&made.join("circuit"), &folder.join("circuit"));
    folder
}
