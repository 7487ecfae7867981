//! Whatever files come in, the verifier answers; and it says nothing that the unchanged files
//! don't show.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assay_verifier::verify;
use serde_json::Value;

const GOLDEN: [&str; 4] = [
    include_str!("../../../tests/golden/training-public.json"),
    include_str!("../../../tests/golden/training-hidden.json"),
    include_str!("../../../tests/golden/prediction-hidden-label.json"),
    include_str!("../../../tests/golden/training-public-challenged.json"),
];

/// What is put into a text.
const BITS: [&str; 14] = [
    "null",
    "-1",
    "1e999",
    "18446744073709551616",
    "\"\\ud800\"",
    "{}",
    "[]",
    "[[[[[[",
    "}",
    "\"",
    ",",
    "0",
    "f",
    "\u{0}",
];

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }
}

fn changed(dice: &mut Dice, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..1 + dice.below(2) {
        let at = dice.below(bytes.len());
        match dice.below(4) {
            0 => bytes[at] ^= 1 << dice.below(7),
            1 => {
                let end = (at + 1 + dice.below(30)).min(bytes.len());
                bytes.drain(at..end);
            }
            2 => {
                bytes.splice(at..at, BITS[dice.below(BITS.len())].bytes());
            }
            _ => {
                let end = (at + 1 + dice.below(30)).min(bytes.len());
                let part = bytes[at..end].repeat(1 + dice.below(50));
                bytes.splice(at..at, part);
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn whatever_files_come_are_answered() {
    let mut dice = Dice(1);
    for golden in GOLDEN {
        let golden: Value = serde_json::from_str(golden).unwrap();
        let (key, proof) = (golden["key"].to_string(), golden["proof"].to_string());
        let shown = verify(&key, &proof).unwrap();
        for round in 0..400 {
            let (mut other_key, mut other_proof) = (key.clone(), proof.clone());
            match round % 2 {
                0 => other_key = changed(&mut dice, &key),
                _ => other_proof = changed(&mut dice, &proof),
            }
            if let Ok(found) = verify(&other_key, &other_proof) {
                assert_eq!(found.statement, shown.statement);
                assert_eq!(found.claim, shown.claim);
            }
        }
    }
}
