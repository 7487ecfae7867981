//! Hostile files take little memory, and nothing is printed of tract's panics.

use std::process::Command;

use super::hostile;

/// By how much the process may grow, which reads files of 16 MiB.
const MOST_BYTES: u64 = 256 << 20;
const IS_CHILD: &str = "ASSAY_TEST_CHILD";

/// The most memory that this process has held at once.
fn peak_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    let kibibytes: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kibibytes << 10
}

#[test]
#[cfg(target_os = "linux")]
fn hostile_files_take_little_memory_and_print_nothing() {
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "memory::in_a_process_of_its_own",
            "--ignored",
            "--nocapture",
        ])
        .env(IS_CHILD, "yes")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&child.stdout);
    let errors = String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success(), "{printed}{errors}");
    assert_eq!(errors, "");
    let growth = printed
        .lines()
        .find_map(|line| line.strip_prefix("growth: "));
    let growth: u64 = growth.unwrap().parse().unwrap();
    println!("all hostile files: the peak grows by {} MiB", growth >> 20);
    assert!(growth < MOST_BYTES, "{} MiB", growth >> 20);
}

#[test]
#[ignore = "the test above runs it"]
fn in_a_process_of_its_own() {
    if std::env::var_os(IS_CHILD).is_none() {
        return;
    }
    let groups = [
        hostile::no_models,
        hostile::bombs,
        hostile::tensors,
        hostile::graphs,
        hostile::inputs,
        hostile::attributes,
        hostile::blow_ups,
        hostile::names,
    ];
    let before = peak_bytes();
    for group in groups {
        for case in group() {
            hostile::assert_refused(vec![case]);
        }
    }
    println!("growth: {}", peak_bytes() - before);
}
