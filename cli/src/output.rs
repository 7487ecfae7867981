//! What is printed: reports for a person or as one JSON object on stdout,
//! warnings and errors for a person on stderr.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;
use serde::Serialize;
use serde_json::json;

use crate::error::{Error, one_line};
use crate::progress::Progress;

/// What a command has done: `Display` for a person, `Serialize` for `--json`.
pub trait Report: Serialize + Display {
    /// What the user should know before relying on the result. It is also part of
    /// the JSON object.
    fn warning(&self) -> Option<&str> {
        None
    }

    /// What the user should know of the input. They are also part of the JSON object.
    fn warnings(&self) -> &[String] {
        &[]
    }
}

/// Where reports go.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    json: bool,
}

impl Output {
    /// Prints one JSON object if `json`, else text.
    pub fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether one JSON object is all that is printed.
    pub fn is_json(self) -> bool {
        self.json
    }

    /// Progress on stderr, for a person at a terminal.
    pub fn progress(self) -> Progress {
        Progress::new(!self.json)
    }

    /// Prints a result; the exit code that goes with it.
    pub fn finish(self, result: Result<impl Report, Error>) -> ExitCode {
        match result {
            Ok(report) => self.done(&report),
            Err(error) => self.failed(&error.line(), error.exit_code()),
        }
    }

    fn done(self, report: &impl Report) -> ExitCode {
        if self.json {
            match serde_json::to_string(report) {
                Ok(text) => print(&text),
                Err(error) => return self.failed(&error.to_string(), 2),
            }
        } else {
            print(&report.to_string());
            let of_input = report.warnings().iter().map(String::as_str);
            for warning in of_input.chain(report.warning()) {
                complain(&format!("warning: {}", one_line(warning)));
            }
        }
        ExitCode::SUCCESS
    }

    fn failed(self, message: &str, code: u8) -> ExitCode {
        if self.json {
            print(&json!({ "error": message }).to_string());
        } else {
            complain(&format!("error: {message}"));
        }
        ExitCode::from(code)
    }

    /// Prints help, or one line on what is wrong with the command line; `command` is as much
    /// of it as names a command.
    pub fn usage(self, error: &clap::Error, command: &str) -> ExitCode {
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                // A closed pipe is the reader's choice.
                error.print().ok();
                ExitCode::SUCCESS
            }
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if !self.json => {
                error.print().ok();
                ExitCode::from(2)
            }
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                self.failed(&format!("a command is missing: see `{command} --help`"), 2)
            }
            _ => {
                let text = error.to_string();
                let first = text.split("\n\n").next().unwrap_or_default();
                let message = one_line(first.trim_start_matches("error:"));
                self.failed(&format!("{message}: see `{command} --help`"), 2)
            }
        }
    }
}

/// Writes a line to stdout. A closed pipe is the reader's choice, no error.
pub fn print(text: &str) {
    if text.is_empty() {
        return;
    }
    writeln!(io::stdout(), "{}", text.trim_end_matches('\n')).ok();
}

fn complain(line: &str) {
    writeln!(io::stderr(), "{line}").ok();
}
