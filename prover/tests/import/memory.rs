//! Hostile files take little memory, and nothing is printed of tract's panics.
#![cfg(target_os = "linux")]

use std::fs;
use std::process::Command;

use super::hostile::{self, Case};

/// By how much the process may grow for a file of at most 16 MiB.
const MOST_BYTES: u64 = 64 << 20;
const IS_CHILD: &str = "ASSAY_TEST_CHILD";

/// A line of the process' status, in bytes.
fn status_bytes(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    let kibibytes: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kibibytes << 10
}

/// By how much the process grows at most while a case is refused.
fn growth(case: Case) -> u64 {
    // From now on the peak is that of what follows.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = status_bytes("VmRSS");
    hostile::assert_refused([case]);
    status_bytes("VmHWM").saturating_sub(before)
}

#[test]
fn hostile_files_take_little_memory_and_print_nothing() {
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "memory::in_a_process_of_its_own",
            "--ignored",
            "--nocapture",
        ])
        .env(IS_CHILD, "yes")
        // What is freed is given back at once, so that it doesn't hide what is taken next.
        .env("MALLOC_MMAP_THRESHOLD_", "65536")
        .env("MALLOC_TRIM_THRESHOLD_", "65536")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&child.stdout);
    let errors = String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success(), "{printed}{errors}");
    assert_eq!(errors, "");
    let most = printed.lines().find_map(|line| line.strip_prefix("most: "));
    println!("{}", most.unwrap());
}

#[test]
#[ignore = "the test above runs it"]
fn in_a_process_of_its_own() {
    if std::env::var_os(IS_CHILD).is_none() {
        return;
    }
    let cases = hostile::bombs().chain(
        [
            hostile::no_models,
            hostile::tensors,
            hostile::graphs,
            hostile::inputs,
            hostile::attributes,
            hostile::blow_ups,
            hostile::names,
        ]
        .into_iter()
        .flat_map(|group| group()),
    );
    let growths = cases.map(|case| (case.name.clone(), growth(case)));
    let (name, most) = growths.max_by_key(|&(_, growth)| growth).unwrap();
    println!("most: {} MiB for {name}", most >> 20);
    assert!(most < MOST_BYTES, "{name}: {} MiB", most >> 20);
}
