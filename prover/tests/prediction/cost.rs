//! What a stranger's specification may cost whoever compiles it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use assay_gadgets::harness::Counter;
use assay_gadgets::stages;
use assay_protocol::certificate::SquaredHinge;
use assay_protocol::circuit::CircuitSpec;
use assay_protocol::prediction::{Binding, Graph, Node, Output, Prediction, Tensor};
use assay_prover::cost::{MAX_CHECKED, MAX_CONSTRAINTS, MAX_KEPT, MAX_TERMS};
use assay_prover::graph::{Plan, PlanError};
use assay_prover::prediction::{PredictionCircuit, linear};
use assay_prover::{StatementCircuit, circuit};
use proptest::prelude::*;

use super::small;

/// Refusing takes at most as long, in a build without optimisation too.
const MOST: Duration = Duration::from_secs(1);

/// Lists of integers by name.
type Attributes<'a> = &'a [(&'a str, &'a [i64])];

/// A graph under construction.
struct Nodes(Vec<Node>);

impl Nodes {
    /// Applies an operator to values; the number of its result.
    fn apply(&mut self, operator: &str, inputs: &[u32], attributes: Attributes<'_>) -> u32 {
        let attributes = attributes
            .iter()
            .map(|(name, list)| ((*name).into(), list.to_vec()));
        self.0.push(Node {
            operator: operator.into(),
            inputs: inputs.to_vec(),
            attributes: BTreeMap::from_iter(attributes),
        });
        self.0.len() as u32
    }

    /// Applies an operator to the last value.
    fn then(&mut self, operator: &str, attributes: Attributes<'_>) -> u32 {
        self.apply(operator, &[self.0.len() as u32], attributes)
    }
}

fn tensor(shape: &[u32], bytes: u8) -> Tensor {
    Tensor {
        shape: shape.to_vec(),
        bytes,
    }
}

/// A hidden model's label of a row, one of two classes.
fn label(features: u32, tensors: Vec<Tensor>, nodes: Nodes) -> Prediction {
    Prediction {
        parameters: Binding::Hidden,
        rows: 1,
        features,
        output: Output::Label { classes: 2 },
        graph: Graph {
            tensors,
            nodes: nodes.0,
        },
    }
}

/// Why a specification has no plan, which is found at once.
#[track_caller]
fn refused(spec: &Prediction) -> PlanError {
    let begun = Instant::now();
    let refused = Plan::new(spec).unwrap_err();
    assert!(begun.elapsed() < MOST, "{:?}", begun.elapsed());
    let line = refused.to_string();
    assert!(line.len() < 400 && !line.contains('\n'), "{line}");
    refused
}

#[track_caller]
fn assert_too_large(spec: &Prediction) {
    let found = refused(spec);
    assert!(matches!(found, PlanError::TooLarge { .. }), "{found}");
}

#[track_caller]
fn assert_no_graph(spec: &Prediction, reason: &str) {
    let found = refused(spec).to_string();
    assert!(found.contains(reason), "{found}");
}

#[test]
fn a_million_sums_that_are_kept_with_their_bits_are_refused() {
    let side = 1024;
    let mut nodes = Nodes(vec![]);
    nodes.then("reshape", &[("shape", &[side, 1])]);
    nodes.then("dense", &[("weights", &[0])]);
    for _ in 0..31 {
        nodes.then("reshape", &[("shape", &[side * side])]);
        nodes.then("reshape", &[("shape", &[side, side])]);
    }
    nodes.then("dense", &[("weights", &[1])]);
    nodes.then("reshape", &[("shape", &[side])]);
    nodes.then("dense", &[("weights", &[1])]);
    nodes.then("positive", &[]);
    let tensors = vec![tensor(&[1024, 1], 1), tensor(&[1, 1024], 1)];
    assert_too_large(&label(1024, tensors, nodes));
}

/// Fewer constraints than are allowed, but every value is used at the end again.
#[test]
fn values_that_are_all_kept_to_the_end_are_refused() {
    let mut nodes = Nodes(vec![]);
    nodes.then("reshape", &[("shape", &[512, 1])]);
    let sums = nodes.then("dense", &[("weights", &[0])]);
    for _ in 0..7 {
        nodes.apply("reshape", &[sums], &[("shape", &[512, 512])]);
    }
    let all: Vec<u32> = (sums..sums + 8).collect();
    nodes.apply("add", &all, &[("multipliers", &[1; 8])]);
    nodes.then("dense", &[("weights", &[1])]);
    nodes.then("reshape", &[("shape", &[512])]);
    nodes.then("dense", &[("weights", &[1])]);
    nodes.then("positive", &[]);
    let tensors = vec![tensor(&[512, 1], 1), tensor(&[1, 512], 1)];
    let found = refused(&label(512, tensors, nodes));
    let PlanError::TooLarge { cost, kept } = found else {
        panic!("{found}");
    };
    // What is kept is all that is too much.
    assert!(
        cost.constraints < MAX_CONSTRAINTS && cost.terms < MAX_TERMS && cost.checked < MAX_CHECKED,
        "{cost:?}"
    );
    assert!(kept > MAX_KEPT, "{kept}");
}

#[test]
fn an_arg_max_of_more_elements_than_there_are_classes_is_refused() {
    for features in [257, 65_536] {
        let mut nodes = Nodes(vec![]);
        nodes.then("arg_max", &[]);
        nodes.then("positive", &[]);
        assert_no_graph(&label(features, vec![], nodes), "2 to 256 classes");
    }
}

#[test]
fn sums_that_grow_with_every_node_are_refused() {
    let mut nodes = Nodes(vec![]);
    let mut value = 0;
    for _ in 0..12 {
        nodes.apply("reshape", &[value], &[("shape", &[255, 257])]);
        nodes.then("transpose", &[("permutation", &[1, 0])]);
        let moved = nodes.then("reshape", &[("shape", &[65_535])]);
        value = nodes.apply("add", &[value, moved], &[("multipliers", &[1, 1])]);
    }
    nodes.then("dense", &[("weights", &[0])]);
    nodes.then("positive", &[]);
    assert_too_large(&label(65_535, vec![tensor(&[1, 65_535], 1)], nodes));
}

#[test]
fn hundreds_of_constraints_for_each_element_are_refused() {
    let operators: [(&str, Attributes<'_>); 4] = [
        ("bucket", &[("width", &[3])]),
        ("max", &[("constant", &[1]), ("shift", &[1])]),
        ("min", &[("constant", &[1])]),
        ("rescale", &[("shift", &[1])]),
    ];
    for (operator, attributes) in operators {
        let mut nodes = Nodes(vec![]);
        // 98 bits.
        nodes.then(
            "affine",
            &[("multipliers", &[1 << 62]), ("offsets", &[-(1 << 62)])],
        );
        let wide = nodes.then("affine", &[("multipliers", &[1 << 28]), ("offsets", &[0])]);
        for _ in 0..3 {
            nodes.apply(operator, &[wide], attributes);
        }
        nodes.then("rescale", &[("shift", &[97])]);
        nodes.then("dense", &[("weights", &[0])]);
        nodes.then("positive", &[]);
        assert_too_large(&label(65_536, vec![tensor(&[1, 65_536], 1)], nodes));
    }
}

#[test]
fn more_inputs_or_axes_than_any_model_has_are_refused() {
    let mut nodes = Nodes(vec![]);
    nodes.apply("add", &[0; 5000], &[("multipliers", &[1; 5000])]);
    assert_no_graph(&label(4, vec![], nodes), "at most 16 inputs");
    let mut nodes = Nodes(vec![]);
    nodes.then("reshape", &[("shape", &[&[4][..], &[1; 30_000]].concat())]);
    assert_no_graph(&label(4, vec![], nodes), "30001 axes");
}

#[test]
fn a_batch_costs_as_much_as_its_rows() {
    let of = |rows| {
        let method = SquaredHinge::with_fewest_fraction_bits(20, 60, 256, 6503).unwrap();
        Plan::new(&linear(&method, Binding::Hidden, rows))
    };
    assert!(of(100).is_ok());
    let found = of(1024).unwrap_err();
    assert!(matches!(found, PlanError::TooLarge { .. }), "{found}");
}

/// Everything that makes elements of one value differ: bounds, bits, constants among them.
fn uneven() -> Prediction {
    let mut nodes = Nodes(vec![]);
    let multipliers = ("multipliers", &[1, 2, 3, 400][..]);
    nodes.then("affine", &[multipliers, ("offsets", &[-100])]);
    nodes.then("rescale", &[("shift", &[9])]);
    nodes.then("max", &[("constant", &[0]), ("shift", &[1])]);
    nodes.then("extend", &[("constants", &[255, -255])]);
    nodes.then("dense", &[("weights", &[0]), ("bias", &[1])]);
    nodes.then("extend", &[("constants", &[-9])]);
    let sums = nodes.then("max", &[("constant", &[0]), ("shift", &[12])]);
    nodes.apply("max", &[sums], &[("constant", &[3]), ("shift", &[0])]);
    nodes.then("min", &[("constant", &[40])]);
    let low = nodes.then("bucket", &[("width", &[7])]);
    nodes.apply("add", &[sums, low], &[("multipliers", &[1, -2])]);
    nodes.then("multiply", &[("factors", &[2])]);
    nodes.then("offset", &[("offsets", &[2])]);
    nodes.then("arg_max", &[]);
    nodes.then("positive", &[]);
    let tensors = vec![tensor(&[3, 6], 2), tensor(&[3], 3), tensor(&[4], 1)];
    label(4, tensors, nodes)
}

fn specs() -> Vec<Prediction> {
    let method = |classes| SquaredHinge::with_fewest_fraction_bits(20, 10, classes, 6503).unwrap();
    let bucket = Output::Bucket {
        width: 1000,
        fraction_bits: 3,
    };
    let scores = Output::Scores {
        count: 2,
        fraction_bits: 3,
    };
    vec![
        small::hidden_label(),
        small::spec(Binding::Hidden, 3, bucket),
        small::spec(Binding::Root, 4, scores),
        linear(&method(2), Binding::Hidden, 1),
        linear(&method(7), Binding::Root, 50),
        linear(&method(7), Binding::Fingerprint, 3),
        small::spec(Binding::Fingerprint, 2, Output::Label { classes: 2 }),
        uneven(),
        one_matrix_often(),
    ]
}

/// Products with the same matrix, each by a wider vector than the one before.
fn one_matrix_often() -> Prediction {
    let mut nodes = Nodes(Vec::new());
    for _ in 0..6 {
        nodes.then("dense", &[("weights", &[0]), ("bias", &[1])]);
    }
    nodes.then("arg_max", &[]);
    let tensors = vec![tensor(&[4, 4], 1), tensor(&[4], 1)];
    Prediction {
        rows: 16,
        output: Output::Label { classes: 4 },
        ..label(4, tensors, nodes)
    }
}

/// Constraints and terms of a circuit, counted, and the most that there may be.
fn counted_and_bound(spec: &Prediction) -> [[u64; 2]; 2] {
    let plan = Arc::new(Plan::new(spec).unwrap());
    let (cost, witness) = (plan.cost(), None);
    let mut cs = Counter::new();
    let circuit = PredictionCircuit { plan, witness };
    stages::by_bits(&mut cs, |system| circuit.synthesize_with_ports(system)).unwrap();
    let counted = [cs.constraints(), cs.nonzeros()].map(|count| count as u64);
    [counted, [cost.constraints, cost.terms]]
}

#[test]
fn no_circuit_costs_more_than_its_bound_nor_much_less() {
    for spec in specs() {
        let [counted, bound] = counted_and_bound(&spec);
        println!("{counted:?} of at most {bound:?}");
        for (counted, bound) in counted.into_iter().zip(bound) {
            assert!(
                (counted..=2 * counted).contains(&bound),
                "{counted}, {bound}"
            );
        }
    }
}

/// A sum that is rectified behind many shifts: its range check is cut at each of them, and
/// no bit is proved twice.
#[test]
fn many_floors_of_one_sum_cost_no_more_than_their_bound() {
    let mut nodes = Nodes(vec![]);
    let sum = nodes.then("dense", &[("weights", &[0]), ("bias", &[1])]);
    let floors: Vec<u32> = (1..14)
        .map(|shift| nodes.apply("max", &[sum], &[("constant", &[0]), ("shift", &[shift])]))
        .collect();
    nodes.apply("add", &floors, &[("multipliers", &[1; 13])]);
    nodes.then("arg_max", &[]);
    let tensors = vec![tensor(&[4, 4], 1), tensor(&[4], 2)];
    let spec = Prediction {
        output: Output::Label { classes: 4 },
        ..label(4, tensors, nodes)
    };
    let [counted, bound] = counted_and_bound(&spec);
    assert!(
        counted[0] <= bound[0] && counted[1] <= bound[1],
        "{counted:?}, {bound:?}"
    );
}

/// Ascending shifts of one sum are values themselves, whose terms are bounded too; an integer
/// of one bit is its own sign; a check of a constant is none.
#[test]
fn rescaled_sums_single_bits_and_constants_cost_no_more_than_their_bounds() {
    let mut floors = Nodes(vec![]);
    let sum = floors.then("dense", &[("weights", &[0]), ("bias", &[1])]);
    let shifted: Vec<u32> = (1..14)
        .map(|shift| floors.apply("rescale", &[sum], &[("shift", &[shift])]))
        .collect();
    floors.apply("add", &shifted, &[("multipliers", &[1; 13])]);
    floors.then("arg_max", &[]);
    let floors = Prediction {
        output: Output::Label { classes: 4 },
        ..label(4, vec![tensor(&[4, 4], 1), tensor(&[4], 2)], floors)
    };

    let mut single = Nodes(vec![]);
    single.then("rescale", &[("shift", &[7])]);
    single.then("positive", &[]);
    let single = label(1, vec![], single);

    let mut constants = Nodes(vec![]);
    let two = constants.then("affine", &[("multipliers", &[0]), ("offsets", &[0, 1])]);
    for _ in 0..250 {
        constants.apply("arg_max", &[two], &[]);
    }
    let constants = Prediction {
        rows: 5,
        ..label(2, vec![], constants)
    };
    for spec in [floors, single, constants] {
        let [counted, bound] = counted_and_bound(&spec);
        assert!(
            counted[0] <= bound[0] && counted[1] <= bound[1],
            "{counted:?}, {bound:?}"
        );
        let costs = PredictionCircuit::costs(&Arc::new(Plan::new(&spec).unwrap())).unwrap();
        let parts = costs.parameters + costs.input + costs.nodes.iter().sum::<usize>();
        assert_eq!(parts + costs.statement + costs.tables, costs.total);
    }
}

/// Lookups are used where they take fewer constraints than the bits that bounds count.
#[test]
fn no_circuit_with_lookups_costs_more_than_its_bound() {
    for spec in specs() {
        let cost = Plan::new(&spec).unwrap().cost();
        let shape = circuit::shape(&CircuitSpec::Prediction(spec)).unwrap();
        assert!(
            shape.constraints as u64 <= cost.constraints,
            "{shape:?}, {cost:?}"
        );
    }
}

/// An operator, the values that it is applied to, and what is in its attributes.
type Choice = (usize, [prop::sample::Index; 2], i64);

/// Operators on four elements, each on values before it, and the label of the last.
fn chosen(choices: &[Choice]) -> Prediction {
    let mut nodes = Nodes(vec![]);
    for (operator, inputs, integer) in choices {
        let [a, b] = inputs.map(|input| input.index(nodes.0.len() + 1) as u32);
        let (n, shift) = ([*integer], [integer.rem_euclid(20)]);
        let width = [integer.abs() + 1];
        match operator {
            0 => nodes.apply("dense", &[a], &[("weights", &[0]), ("bias", &[1])]),
            1 => nodes.apply("multiply", &[a], &[("factors", &[1])]),
            2 => nodes.apply("offset", &[a], &[("offsets", &[1])]),
            3 => nodes.apply("add", &[a, b], &[("multipliers", &[1, -*integer])]),
            4 => nodes.apply("max", &[a], &[("constant", &[0]), ("shift", &shift)]),
            5 => nodes.apply("max", &[a], &[("constant", &n), ("shift", &shift)]),
            6 => nodes.apply("min", &[a], &[("constant", &n)]),
            7 => nodes.apply("rescale", &[a], &[("shift", &shift)]),
            8 => nodes.apply("bucket", &[a], &[("width", &width)]),
            _ => {
                let uneven = [1, *integer, 0, -7];
                nodes.apply("affine", &[a], &[("multipliers", &uneven), ("offsets", &n)])
            }
        };
    }
    nodes.then("arg_max", &[]);
    let output = Output::Label { classes: 4 };
    let tensors = vec![tensor(&[4, 4], 1), tensor(&[4], 2)];
    // So many rows that nothing can hide beside what binding them costs.
    Prediction {
        rows: 16,
        output,
        ..label(4, tensors, nodes)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_graph_costs_more_than_its_bound(
        choices in prop::collection::vec((0..10usize, any::<[prop::sample::Index; 2]>(), -300..300i64), 1..12)
    ) {
        let spec = chosen(&choices);
        prop_assume!(Plan::new(&spec).is_ok());
        let [counted, bound] = counted_and_bound(&spec);
        prop_assert!(counted[0] <= bound[0] && counted[1] <= bound[1], "{counted:?}, {bound:?}");
    }
}
