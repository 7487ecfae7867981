//! The demo's flow on the native contracts, with a circuit of thirty rows.

use assay_cli::demo::{self, Contracts, Options, Silent};

use crate::run::folder;

#[test]
fn the_worker_is_paid_and_everything_else_is_refused() {
    let options = Options {
        keys: folder("demo"),
        fresh: false,
        rows: 30,
    };
    let report = demo::run(&options, Contracts::native(), &mut Silent).unwrap();
    let training = &report.training;
    assert!(training.paid && !training.keys_cached);
    assert_eq!((training.rows, training.held_out_rows), (24, 6));
    let balances = &training.balances;
    assert_eq!((balances.before["B"], balances.paid["B"]), (50, 150));
    assert_eq!((balances.before["A"], balances.end["A"]), (1000, 930));
    for nothing in ["jobs", "predictions", "stranger"] {
        assert_eq!(balances.end[nothing], 0, "{nothing}");
    }
    assert!(!balances.end.contains_key("escrow"));
    let prediction = &report.prediction;
    assert!(prediction.paid && prediction.minimum_rows == 24);
    assert!(["benign", "malignant"].contains(&&*prediction.label));
    assert_eq!(
        (balances.end["hospital"], balances.end["requester"]),
        (5, 15)
    );
    assert_eq!(report.refused.len(), 19);
}
