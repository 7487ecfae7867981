//! What shells and `man` read.

use std::fs;

use crate::run::{assay, folder, json, refused};

#[test]
fn every_shell_gets_a_script_that_completes_the_commands() {
    let folder = folder("completions");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let found = assay(&folder, &format!("completions {shell}"));
        assert_eq!((found.code, &*found.stderr), (0, ""), "{shell}");
        for word in ["assay", "top-up", "hand-over", "completions"] {
            assert!(found.stdout.contains(word), "{shell}: {word}");
        }
    }
    let bash = assay(&folder, "completions bash").stdout;
    assert!(bash.contains("complete -F _assay"), "{bash}");
    let script = &json(&folder, "completions bash")["script"];
    assert_eq!(script.as_str().unwrap().trim_end(), bash.trim_end());
    refused(&folder, "completions csh", 2, "csh");
}

#[test]
fn every_command_has_a_page_in_the_manual() {
    let folder = folder("manual");
    let written = assay(&folder, "man -o man1");
    assert_eq!((written.code, &*written.stderr), (0, ""));
    assert!(written.stdout.contains("man1"), "{}", written.stdout);
    for page in ["assay", "assay-prove", "assay-job", "assay-job-post"] {
        let path = folder.join("man1").join(page).with_extension("1");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{page}: {error}"));
        assert!(text.contains(".SH NAME"), "{page}");
    }
    refused(&folder, "man -o man1", 2, "man1 exists already");
}
