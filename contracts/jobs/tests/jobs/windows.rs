//! How long a job's windows may be.

use assay_deadlines::Error as Clock;
use assay_escrow::Error as EscrowError;
use assay_jobs::ContractError;
use assay_protocol::messages::time::{MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS, Window};

use crate::escrow::CIRCUIT;
use crate::posting::{post, refused};
use crate::terms::{Job, WINDOWS};

#[test]
fn every_window_has_a_least_and_a_greatest_length() {
    let good = WINDOWS.delivery;
    let bad = [
        (0, MAX_WINDOW_BLOCKS + 1),
        (MAX_WINDOW_SECONDS + 1, 0),
        (u64::MAX, u64::MAX),
    ];
    for (seconds, blocks) in bad {
        for window in [Window { seconds, ..good }, Window { blocks, ..good }] {
            let named = |change: fn(&mut Job, Window)| match refused(|job| change(job, window)) {
                ContractError::Escrow(EscrowError::Deadline(Clock::Window { name, .. })) => name,
                other => panic!("{other}"),
            };
            assert_eq!(
                named(|job, window| job.windows.acceptance = window),
                "acceptance"
            );
            assert_eq!(
                named(|job, window| job.windows.hand_over = window),
                "hand_over"
            );
            assert_eq!(
                named(|job, window| job.windows.delivery = window),
                "delivery"
            );
        }
    }
}

#[test]
fn a_windows_clocks_fit_a_chain() {
    let posted = |seconds, blocks| {
        let mut job = Job::new(CIRCUIT);
        job.windows.delivery = Window { seconds, blocks };
        post(&job, &job.funds()).map(|_| ())
    };
    for (seconds, blocks, least, most) in [
        // A day's halt would rob the worker.
        (86_400, 1, 1_440, 345_600),
        // The money would be locked for a year.
        (1, MAX_WINDOW_BLOCKS, 1, 4),
        (600, 9, 10, 2_400),
        (600, 2_401, 10, 2_400),
        (601, 10, 11, 2_404),
        (MAX_WINDOW_SECONDS, 1, 527_040, MAX_WINDOW_BLOCKS),
    ] {
        let error = posted(seconds, blocks).unwrap_err();
        assert!(
            matches!(error, ContractError::Escrow(EscrowError::Deadline(Clock::BlockTime { name: "delivery", least: l, most: m, .. })) if (l, m) == (least, most)),
            "{error}"
        );
        posted(seconds, least).unwrap();
        posted(seconds, most).unwrap();
    }
}
