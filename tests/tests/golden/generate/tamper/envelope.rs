//! What files say they are.

use crate::generate::files::Files;
use crate::vector::File::{Key, Proof};
use crate::vector::Vector;

/// Format, version, kind and the text as a whole.
pub fn envelopes(files: &Files) -> Vec<Vector> {
    let mut vectors = Vec::new();
    for (file, whole) in [
        (Key, files.key_value().to_string()),
        (Proof, files.proof_value().to_string()),
    ] {
        let of = |what: &str| format!("{file:?} {what}").to_lowercase();
        let refused = |what: &str, error: &str| Vector::refused(of(what), error);
        vectors.extend([
            refused("of version 2", "wrong_version").with(file, "/version", 2),
            refused("of version 1.0", "wrong_version").with(file, "/version", 1.5),
            refused("of version \"1\"", "wrong_version").with(file, "/version", "1"),
            refused("without a version", "wrong_version").without(file, "/version"),
            refused("of another format", "wrong_format").with(file, "/format", "assay-circuit"),
            refused("without a format", "wrong_format").without(file, "/format"),
            refused("in place of the other", "wrong_format").in_place(
                file,
                if file == Key {
                    files.proof_value()
                } else {
                    files.key_value()
                }
                .to_string(),
            ),
            refused("of no bytes", "damaged").in_place(file, ""),
            refused("truncated", "damaged").in_place(file, &whole[..whole.len() - 1]),
            refused("with trailing text", "damaged").in_place(file, format!("{whole}x")),
            refused("that is a list", "damaged").in_place(file, format!("[{whole}]")),
            refused("nested without end", "damaged").in_place(file, "[".repeat(1000)),
        ]);
    }
    vectors.push(Vector::refused("no kind", "damaged").without(Proof, "/kind"));
    vectors
        .push(Vector::refused("a kind that is none", "damaged").with(Proof, "/kind", "accuracy"));
    vectors
}
