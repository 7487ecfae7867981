//! The demo's keys: made once, then kept for the next run.

use std::fs;
use std::path::Path;
use std::time::Instant;

use assay_protocol::circuit::CircuitSpec;
use assay_prover::{Shape, circuit};
use serde::{Deserialize, Serialize};

use super::Options;
use super::reporter::Reporter;
use crate::Error;
use crate::artefact::circuit::CircuitFolder;
use crate::artefact::file::PendingFolder;
use crate::artefact::{self, Artefact};

const TIME: &str = "setup.json";

/// Keys and what it took to make them.
pub struct Keys {
    /// Registration and proving key.
    pub circuit: CircuitFolder,
    /// The circuit's size.
    pub shape: Shape,
    /// Seconds that the setup took, in this run or in the one that made the keys.
    pub setup_s: f64,
    /// Whether an earlier run made them.
    pub cached: bool,
}

/// How long a setup took, kept beside its keys.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetupTime {
    setup_s: f64,
}

impl Artefact for SetupTime {
    const FORMAT: &'static str = "assay-demo-setup";
}

/// Reads the keys of this specification, or makes them where there are none, where they
/// are damaged, or where new ones are asked for.
pub fn get(
    options: &Options,
    spec: &CircuitSpec,
    reporter: &mut dyn Reporter,
) -> Result<Keys, Error> {
    let counting = reporter.working("compiling the circuit");
    let shape = circuit::shape(spec)?;
    drop(counting);
    let folder = options.keys.join(format!("circuit-{}", shape.digest));
    if !options.fresh {
        let reading = reporter.working("reading the keys of an earlier run");
        let kept = read(&folder, spec, shape);
        drop(reading);
        if let Some(keys) = kept {
            reporter.step(&format!(
                "keys of an earlier run, from {}",
                folder.display()
            ));
            return Ok(keys);
        }
    }
    let setting_up = reporter.working("making keys, once");
    let begun = Instant::now();
    let key = circuit::setup(spec)?;
    let registration = circuit::registration(spec, &key)?;
    let setup_s = begun.elapsed().as_secs_f64();
    let circuit = CircuitFolder { registration, key };
    let written = write(&folder, &circuit, setup_s);
    drop(setting_up);
    reporter.step(&match written {
        Ok(()) => format!("new keys in {setup_s:.1} s, kept in {}", folder.display()),
        Err(error) => format!("new keys in {setup_s:.1} s, not kept: {error}"),
    });
    Ok(Keys {
        circuit,
        shape,
        setup_s,
        cached: false,
    })
}

/// The keys in a folder, if they are whole and of this specification.
fn read(folder: &Path, spec: &CircuitSpec, shape: Shape) -> Option<Keys> {
    let circuit = CircuitFolder::read(folder).ok()?;
    let SetupTime { setup_s } = artefact::read(&folder.join(TIME)).ok()?;
    let registration = &circuit.registration;
    let is_whole = registration.spec == spec.to_canonical().ok()?
        && registration.constraint_system == shape.digest
        && registration.verifying_key == *circuit.key.verifying_key();
    is_whole.then_some(Keys {
        circuit,
        shape,
        setup_s,
        cached: true,
    })
}

fn write(folder: &Path, circuit: &CircuitFolder, setup_s: f64) -> Result<(), Error> {
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent).map_err(Error::write(parent))?;
    }
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Error::write(folder))?;
    }
    let pending = PendingFolder::create(folder)?;
    artefact::write(&pending.join(TIME), &SetupTime { setup_s })?;
    circuit.write(pending)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::demo::Silent;
    use assay_protocol::certificate::SquaredHinge;

    /// The smallest circuit: its setup takes seconds.
    fn spec() -> CircuitSpec {
        let spec = SquaredHinge::with_fewest_fraction_bits(2, 1, 2, 65025).unwrap();
        CircuitSpec::SquaredHinge(spec)
    }

    #[test]
    fn whole_keys_are_kept_and_damaged_ones_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let options = Options {
            keys: folder.path().join("keys"),
            fresh: false,
            rows: 2,
        };
        let get = || get(&options, &spec(), &mut Silent).unwrap();
        let made = get();
        assert!(!made.cached);
        let kept = get();
        assert!(kept.cached);
        assert_eq!(kept.circuit.registration, made.circuit.registration);

        let circuit = options.keys.join(format!("circuit-{}", made.shape.digest));
        let is_kept = || read(&circuit, &spec(), made.shape).is_some();
        for file in ["proving.key", "circuit.json", "verifying.key", TIME] {
            let whole = fs::read(circuit.join(file)).unwrap();
            fs::write(circuit.join(file), &whole[..whole.len() / 2]).unwrap();
            assert!(!is_kept(), "{file}");
            fs::write(circuit.join(file), whole).unwrap();
            assert!(is_kept(), "{file}");
        }
        let other = circuit::setup(&spec()).unwrap();
        other.save(&circuit.join("proving.key")).unwrap();
        assert!(!is_kept(), "another setup's proving key");
        assert!(!get().cached);
        assert!(is_kept());
    }
}
