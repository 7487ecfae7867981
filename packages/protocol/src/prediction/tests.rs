use alloc::vec;

use super::*;

fn spec() -> Prediction {
    Prediction {
        parameters: Binding::Hidden,
        rows: 2,
        features: 4,
        output: Output::Label { classes: 3 },
        graph: Graph {
            tensors: vec![
                Tensor {
                    shape: vec![3, 4],
                    bytes: 1,
                },
                Tensor {
                    shape: vec![3],
                    bytes: 3,
                },
            ],
            nodes: vec![Node {
                operator: "dense".into(),
                inputs: vec![0],
                attributes: BTreeMap::from([("weights".into(), vec![0])]),
            }],
        },
    }
}

fn with(change: impl FnOnce(&mut Prediction)) -> Result<(), PredictionError> {
    let mut spec = spec();
    change(&mut spec);
    spec.check()
}

#[test]
fn a_specification_within_the_conditions_is_accepted() {
    assert_eq!(spec().check(), Ok(()));
}

#[test]
fn rows_inputs_and_outputs_are_bounded() {
    let rows = with(|spec| spec.rows = 0);
    assert_eq!(rows, Err(PredictionError::Rows(0)));
    let features = with(|spec| spec.features = u32::MAX);
    assert!(matches!(features, Err(PredictionError::Input { .. })));
    let none = with(|spec| spec.features = 0);
    assert!(matches!(none, Err(PredictionError::Input { .. })));
    for classes in [0, 1, 257] {
        let output = with(|spec| spec.output = Output::Label { classes });
        assert!(matches!(output, Err(PredictionError::Output { .. })));
    }
    let scores = |count| Output::Scores {
        count,
        fraction_bits: 3,
    };
    let many = with(|spec| {
        spec.parameters = Binding::Root;
        spec.output = scores(1 << 20);
    });
    assert!(matches!(many, Err(PredictionError::Output { .. })));
}

#[test]
fn buckets_have_a_width_and_few_fraction_bits() {
    let bucket = |width, fraction_bits| {
        with(|spec| {
            spec.parameters = Binding::Root;
            spec.output = Output::Bucket {
                width,
                fraction_bits,
            }
        })
    };
    assert_eq!(bucket(1, MAX_FRACTION_BITS), Ok(()));
    assert_eq!(bucket(0, 0), Err(PredictionError::BucketWidth));
    assert_eq!(bucket(1, 40), Err(PredictionError::FractionBits(40)));
}

#[test]
fn a_bucket_that_is_the_score_of_a_hidden_model_is_refused() {
    let bucket = |width| {
        with(|spec| {
            spec.output = Output::Bucket {
                width,
                fraction_bits: 3,
            }
        })
    };
    assert_eq!(bucket(1), Err(PredictionError::HiddenBucketWidth(1)));
    assert_eq!(bucket(MIN_HIDDEN_BUCKET_WIDTH), Ok(()));
}

#[test]
fn scores_of_a_hidden_model_are_refused() {
    let scores = Output::Scores {
        count: 3,
        fraction_bits: 0,
    };
    assert_eq!(
        with(|spec| spec.output = scores),
        Err(PredictionError::HiddenScores)
    );
    let public = with(|spec| {
        spec.parameters = Binding::Root;
        spec.output = scores;
    });
    assert_eq!(public, Ok(()));
}

#[test]
fn a_node_uses_only_what_comes_before_it() {
    let order = with(|spec| spec.graph.nodes[0].inputs = vec![1]);
    assert!(matches!(
        order,
        Err(PredictionError::Order {
            node: 0,
            input: 1,
            ..
        })
    ));
    let none = with(|spec| spec.graph.nodes.clear());
    assert_eq!(none, Err(PredictionError::Nodes(0)));
}

#[test]
fn tensors_fit_a_blob() {
    let changes: [fn(&mut Tensor); 4] = [
        |tensor| tensor.bytes = 4,
        |tensor| tensor.shape = vec![0, 3],
        |tensor| tensor.shape = vec![u32::MAX; 3],
        |tensor| tensor.shape = vec![MAX_BLOB_BYTES, 2],
    ];
    for change in changes {
        let refused = with(|spec| change(&mut spec.graph.tensors[0]));
        assert!(matches!(
            refused,
            Err(PredictionError::Tensor { tensor: 0, .. })
        ));
    }
}

#[test]
fn parameters_read_back_from_their_bytes() {
    let graph = spec().graph;
    let tensors = vec![
        vec![-128, 127, 0, 1, -1, 5, 6, 7, 8, 9, 10, 11],
        vec![-(1 << 23), (1 << 23) - 1, -2],
    ];
    let bytes = graph.parameters_to_bytes(&tensors).unwrap();
    assert_eq!(bytes.len(), graph.parameter_bytes());
    assert_eq!(graph.parameters_from_bytes(&bytes), Ok(tensors));
    assert_eq!(
        graph.parameters_from_bytes(&bytes[1..]),
        Err(PredictionError::Length {
            expected: 21,
            found: 20
        })
    );
}

#[test]
fn a_parameter_that_its_bytes_cannot_hold_is_refused() {
    let graph = spec().graph;
    let refused = graph.parameters_to_bytes(&[vec![128; 12], vec![0; 3]]);
    assert_eq!(
        refused,
        Err(PredictionError::OutOfRange {
            index: 0,
            value: 128,
            bytes: 1
        })
    );
    let count = graph.parameters_to_bytes(&[vec![0; 12]]);
    assert!(matches!(count, Err(PredictionError::Count { .. })));
}

#[test]
fn outputs_read_back_from_their_bytes() {
    let mut spec = spec();
    assert_eq!(spec.output_to_bytes(&[2, 0]), Ok(vec![2, 0]));
    assert_eq!(spec.output_from_bytes(&[2, 0]), Ok(vec![2, 0]));
    spec.output = Output::Bucket {
        width: 1,
        fraction_bits: 0,
    };
    let extremes = [-NUMBER_OFFSET, NUMBER_OFFSET - 1];
    let bytes = spec.output_to_bytes(&extremes).unwrap();
    assert_eq!(bytes, [[0; 5], [255; 5]].concat());
    assert_eq!(spec.output_from_bytes(&bytes), Ok(extremes.to_vec()));
    let refused = spec.output_to_bytes(&[0, NUMBER_OFFSET]);
    assert!(matches!(
        refused,
        Err(PredictionError::OutOfRange { index: 1, .. })
    ));
}

#[test]
fn every_part_of_a_model_changes_its_commitment() {
    let [root, schema, salt, other] = [1, 2, 3, 4].map(Scalar::from);
    let opening = Opening {
        root: ParametersRoot(root),
        schema: SchemaDigest(schema),
        salt,
    };
    let changed = [
        Opening {
            root: ParametersRoot(other),
            ..opening
        },
        Opening {
            schema: SchemaDigest(other),
            ..opening
        },
        Opening {
            salt: other,
            ..opening
        },
    ];
    for one in changed {
        assert_ne!(one.commitment(), opening.commitment());
    }
}

#[test]
fn inputs_and_outputs_have_digests_of_their_own() {
    assert_ne!(input_digest(&[1, 2]).0, output_digest(&[1, 2]).0);
    assert_ne!(input_digest(&[1, 2]), input_digest(&[1, 2, 0]));
}
