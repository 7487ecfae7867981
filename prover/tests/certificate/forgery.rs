//! Witnesses for statements that are false, with every hash computed again, so that one
//! rule alone stands between the forger and a proof. Each test says which.

use assay_gadgets::harness::Recorder;
use assay_gadgets::{Linear, Wire, poseidon};
use assay_protocol::Scalar;
use assay_protocol::hash::Tag;
use assay_protocol::parameters;
use assay_protocol::statement::TrainingHidden;

use crate::case::{BINARY, Case, spec};

/// What the forger hashes, whatever the wires say that it should be.
#[derive(Clone)]
struct Told {
    rows: u64,
    root: Scalar,
    parameters: Scalar,
    minimum: u64,
    dataset_schema: Scalar,
    model_schema: Scalar,
    stated_schema: Scalar,
    model_salt: Scalar,
}

impl Told {
    fn honest(case: &Case) -> Self {
        let bytes = parameters::to_bytes(&case.parameters).unwrap();
        Self {
            rows: case.data.rows() as u64,
            root: case.data.root(),
            parameters: parameters::root(&bytes).0,
            minimum: case.minimum_rows.unwrap().into(),
            dataset_schema: case.schema_digest,
            model_schema: case.schema_digest,
            stated_schema: case.schema_digest,
            model_salt: case.model_salt,
        }
    }

    /// The case's witness, its last three hashes and the public input replaced.
    fn forge(&self, case: &Case) -> Recorder {
        let mut wires = case.recorded();
        let number = |n: u64| Element::Wire(Scalar::from(n));
        let constant = |n: u32| Element::Constant(Scalar::from(u64::from(n)));
        let dataset = [
            number(self.rows),
            constant(case.spec.features),
            constant(case.spec.classes),
            Element::Wire(self.dataset_schema),
            Element::Wire(self.root),
            Element::Wire(case.salt),
        ];
        let prefix = "statement/dataset/permutation";
        let dataset = rehash(&mut wires, prefix, Tag::DatasetCommitment, &dataset);
        let model = [self.parameters, self.model_schema, self.model_salt].map(Element::Wire);
        let prefix = "statement/model/permutation";
        let model = rehash(&mut wires, prefix, Tag::ModelCommitment, &model);
        let statement = [
            Element::Wire(case.context),
            Element::Wire(dataset),
            number(self.minimum),
            Element::Wire(self.stated_schema),
            Element::Wire(model),
        ];
        let prefix = "statement/digest/permutation";
        let digest = rehash(&mut wires, prefix, TrainingHidden::TAG, &statement);
        let public = wires.find("statement/digest").unwrap();
        assert_eq!(public, Wire::Input(1));
        wires.set(public, digest);
        wires
    }
}

#[derive(Clone, Copy)]
enum Element {
    Wire(Scalar),
    Constant(Scalar),
}

/// Gives the wires under `prefix` the values of a hash of `elements`, which it returns.
fn rehash(target: &mut Recorder, prefix: &str, tag: Tag, elements: &[Element]) -> Scalar {
    let mut scratch = Recorder::with_witness();
    let linears: Vec<Linear> = elements
        .iter()
        .map(|element| match *element {
            Element::Wire(value) => Linear::alloc(&mut scratch, || "", Some(value)).unwrap(),
            Element::Constant(value) => Linear::constant(value),
        })
        .collect();
    let elements = scratch.num_aux();
    let digest = poseidon::hash(&mut scratch, tag as u64, linears.len() as u64, &linears);
    let sources: Vec<Wire> = scratch.wires().skip(elements).collect();
    let is_target = |&wire: &Wire| target.name(wire).starts_with(prefix);
    let targets: Vec<Wire> = target.wires().filter(is_target).collect();
    assert_eq!(sources.len(), targets.len());
    for (source, wire) in sources.into_iter().zip(targets) {
        target.set(wire, scratch.get(source).unwrap());
    }
    digest.unwrap().value().unwrap()
}

/// The paths of all constraints that don't hold.
fn broken(wires: &Recorder) -> Vec<&str> {
    let evaluate = |terms: &[(Wire, Scalar)]| {
        let terms = terms.iter();
        terms.fold(Scalar::zero(), |sum, &(wire, c)| {
            sum + c * wires.get(wire).unwrap()
        })
    };
    let rows = wires.constraints().iter();
    rows.filter(|row| evaluate(&row.a) * evaluate(&row.b) != evaluate(&row.c))
        .map(|row| row.name.as_str())
        .collect()
}

/// Something is broken, and nothing but the rules under `prefix`.
fn assert_stopped_by(prefix: &str, wires: &Recorder) {
    let broken = broken(wires);
    assert!(!broken.is_empty(), "{prefix}: accepted");
    assert!(
        broken.iter().all(|name| name.starts_with(prefix)),
        "{prefix}: {broken:?}"
    );
}

fn case() -> Case {
    Case::trained(spec(4, 2), &BINARY).hidden(2)
}

/// The forger's tools themselves change nothing.
#[test]
fn an_honest_witness_hashed_again_is_accepted() {
    let case = case();
    let wires = Told::honest(&case).forge(&case);
    assert_eq!(broken(&wires), [""; 0]);
    assert_eq!(wires.get(Wire::Input(1)), Some(case.digest()));
}

/// One wire carries the schema into all three hashes, and each of them refuses another.
#[test]
fn a_schema_cannot_differ_between_dataset_model_and_statement() {
    let mut case = case();
    case.schema_digest = Scalar::from(0x5c4e_3a00_d16e_5700);
    let wires = case.recorded();
    let is_schema = |wire: &Wire| wires.get(*wire) == Some(case.schema_digest);
    assert_eq!(wires.wires().filter(is_schema).count(), 1);
    let other = case.schema_digest + Scalar::one();
    let honest = Told::honest(&case);
    let told: [(&str, Told); 3] = [
        (
            "statement/dataset/permutation",
            Told {
                dataset_schema: other,
                ..honest.clone()
            },
        ),
        (
            "statement/model/",
            Told {
                model_schema: other,
                ..honest.clone()
            },
        ),
        (
            "statement/digest/",
            Told {
                stated_schema: other,
                ..honest
            },
        ),
    ];
    for (rule, told) in told {
        assert_stopped_by(rule, &told.forge(&case));
    }
}

#[test]
fn a_dataset_cannot_be_opened_with_another_number_of_rows() {
    let case = case();
    for rows in [1, 2, 4, u64::MAX] {
        let told = Told {
            rows,
            ..Told::honest(&case)
        };
        assert_stopped_by("statement/dataset/permutation", &told.forge(&case));
    }
}

#[test]
fn a_dataset_cannot_be_opened_with_other_rows() {
    let case = case();
    let other = case.clone().with_rows(&[BINARY[0], BINARY[1]]);
    let told = Told {
        root: other.data.root(),
        ..Told::honest(&case)
    };
    assert_stopped_by("statement/dataset/permutation", &told.forge(&case));
}

#[test]
fn a_model_cannot_be_committed_with_other_parameters_or_another_salt() {
    let case = case();
    let honest = Told::honest(&case);
    let bytes = parameters::to_bytes(&[0; 3]).unwrap();
    let parameters = Told {
        parameters: parameters::root(&bytes).0,
        ..honest.clone()
    };
    assert_stopped_by("statement/model/", &parameters.forge(&case));
    let salt = Told {
        model_salt: case.salt,
        ..honest
    };
    assert_stopped_by("statement/model/", &salt.forge(&case));
}

/// The minimum's own wires say what is stated; only their bound refuses it.
#[test]
fn a_minimum_that_does_not_hold_is_stopped_by_its_bound_alone() {
    let case = case();
    let told = |minimum| Told {
        minimum,
        ..Told::honest(&case)
    };
    assert_stopped_by("statement/digest/", &told(4).forge(&case));
    for slack in 0..2 {
        let mut wires = told(4).forge(&case);
        say_minimum(&mut wires, Scalar::from(4));
        let wire = wires.find("statement/minimum rows/from above/lower/bit 0");
        wires.set(wire.unwrap(), Scalar::from(slack));
        assert_stopped_by("statement/minimum rows/from above", &wires);
    }
}

/// Minima that no two bits say, 0 and those beyond the field's order among them: the
/// difference from the rows may be right, their own bits aren't.
#[test]
fn a_minimum_cannot_wrap_around() {
    let case = case();
    for minimum in [0, 5, u64::from(u32::MAX)] {
        let told = Told {
            minimum,
            ..Told::honest(&case)
        };
        let mut wires = told.forge(&case);
        say_minimum(&mut wires, Scalar::from(minimum));
        let broken = broken(&wires);
        assert!(!broken.is_empty());
        let bound = "statement/minimum rows/";
        assert!(broken.iter().all(|name| name.starts_with(bound)));
        assert!(
            broken
                .iter()
                .any(|name| name.starts_with(&format!("{bound}from below/")))
        );
    }
}

/// Has the minimum and the lower of its two bits say `minimum`; all that doesn't fit is in the
/// upper one.
fn say_minimum(wires: &mut Recorder, minimum: Scalar) {
    let above_one = minimum - Scalar::one();
    let low = Scalar::from(u64::from(above_one.to_bytes()[0] & 1));
    let mut set = |name: &str, value| {
        let wire = wires.find(&format!("statement/minimum rows/from below/{name}"));
        wires.set(wire.unwrap(), value);
    };
    set("integer", above_one);
    set("bit 0", low);
}
