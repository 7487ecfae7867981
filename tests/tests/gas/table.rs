//! What messages cost, beside what the repository says that they cost: in a file, and in a
//! table of the README.
//!
//! `UPDATE_GAS=1` writes what is measured to both.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, fs};

use assay_cli::artefact;
use assay_cli::demo::{GasTable, MessageGas};
use assay_tests::Call;

/// Where the repository says what messages cost.
pub struct Written {
    /// The file.
    pub file: &'static str,
    /// What the README's markers are named.
    pub marker: &'static str,
    /// The test that measures it.
    pub test: &'static str,
}

/// A file of the repository.
pub fn repository(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)
}

/// What a call costs above a transaction that does nothing. What it has others do, a bank or a
/// token, is theirs.
pub fn row(call: &Call) -> MessageGas {
    MessageGas {
        contract: call.contract.trim_start_matches("assay_").replace('_', "-"),
        message: call.message.clone(),
        gas: call.gas.total() + call.tx_bytes_gas(),
    }
}

fn markdown(table: &GasTable) -> String {
    let rows = table
        .messages
        .iter()
        .map(|row| format!("| {} | `{}` | {} |\n", row.contract, row.message, row.gas));
    format!(
        "| contract | message | SDK gas |\n|---|---|---|\n{}",
        rows.collect::<String>()
    )
}

impl Written {
    /// Checks that what is written is what is measured, once it is updated if it should be.
    pub fn expect(&self, measured: &GasTable) {
        if env::var_os("UPDATE_GAS").is_some() {
            self.update(measured);
        }
        let update = self.command();
        let committed = artefact::read::<GasTable>(&repository(self.file))
            .unwrap_or_else(|error| panic!("{error}: run {update}"));
        let names = |table: &GasTable| -> Vec<String> {
            let rows = table.messages.iter();
            rows.map(|row| format!("{} {}", row.contract, row.message))
                .collect()
        };
        assert_eq!(names(&committed), names(measured), "run {update}");
        for (was, is) in committed.messages.iter().zip(&measured.messages) {
            self.expect_within_a_percent(was, is);
        }
        let (text, place) = self.readme();
        assert_eq!(text[place], markdown(&committed), "run {update}");
    }

    fn expect_within_a_percent(&self, was: &MessageGas, is: &MessageGas) {
        let drift = was.gas.abs_diff(is.gas);
        // Proofs are random, and so are the points that a proof's verification computes with.
        assert!(
            100 * drift <= was.gas,
            "{} {} costs {}, not {}: run {}",
            is.contract,
            is.message,
            is.gas,
            was.gas,
            self.command()
        );
    }

    fn update(&self, measured: &GasTable) {
        let file = repository(self.file);
        fs::remove_file(&file).ok();
        artefact::write(&file, measured).unwrap();
        let (mut text, place) = self.readme();
        text.replace_range(place, &markdown(measured));
        fs::write(repository("README.md"), text).unwrap();
    }

    fn command(&self) -> String {
        format!(
            "UPDATE_GAS=1 cargo test --release -p assay-tests --test {}",
            self.test
        )
    }

    /// The README, and the place of the table.
    fn readme(&self) -> (String, Range<usize>) {
        let text = fs::read_to_string(repository("README.md")).unwrap();
        let begin = format!("<!-- {}:begin -->\n", self.marker);
        let end = format!("<!-- {}:end -->", self.marker);
        let found = text.find(&begin);
        let start = found.unwrap_or_else(|| panic!("the README has no {begin}")) + begin.len();
        let end = start + text[start..].find(&end).unwrap();
        (text, start..end)
    }
}
