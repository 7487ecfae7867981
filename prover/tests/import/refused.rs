//! What isn't supported: one line that names the node, its operator and the operator set,
//! or what else is to be changed.

use assay_protocol::prediction::Binding;
use assay_prover::import::{Calibration, Form, Options, compile};

use super::float::{bounds, calibration};
use super::hostile::{line, sound};
use tract_onnx::pb::OperatorSetIdProto;

use super::model::{Model, Random, float, int};

fn refused(model: &Model, form: Form) -> String {
    line(&model.bytes(), &calibration(&bounds(4)), form)
}

fn with_rows(change: impl FnOnce(&mut Calibration)) -> String {
    let mut rows = calibration(&bounds(4));
    change(&mut rows);
    line(&sound().bytes(), &rows, Form::Label)
}

#[test]
fn an_operator_that_is_not_supported_is_named() {
    assert_eq!(
        refused(&sound().node("Tanh", "y", "z"), Form::Label),
        "node \"tanh_1\" (operator Tanh, operator set 17): this operator isn't supported: see \
         `assay ops`"
    );
    let mut custom = sound();
    custom.graph().node[0].domain = "com.example".into();
    custom.proto.opset_import.push(OperatorSetIdProto {
        domain: "com.example".into(),
        version: 3,
    });
    assert_eq!(
        refused(&custom, Form::Label),
        "node \"gemm_0\" (operator com.example.Gemm, operator set 3): this operator isn't \
         supported: see `assay ops`"
    );
}

#[test]
fn a_form_of_an_operator_that_is_not_supported_is_named() {
    let lines = [
        (
            sound().node("Mul", "y y", "z"),
            "node \"mul_1\" (operator Mul, operator set 17): ",
        ),
        (
            sound().node("Max", "y b", "z"),
            "node \"max_1\" (operator Max, operator set 17): only one constant for all elements \
             is supported",
        ),
        (
            sound().node("Relu", "y", "r").node("Max", "y r", "z"),
            "node \"max_2\" (operator Max, operator set 17): it compares two computed values: \
             only a constant is supported",
        ),
        (
            sound().node("Div", "b y", "z"),
            "node \"div_1\" (operator Div, operator set 17): ",
        ),
        (
            sound().node_with("Softmax", "y", "z", vec![int("axis", 0)]),
            "node \"softmax_1\" (operator Softmax, operator set 17): ",
        ),
        (
            sound().node("Sigmoid", "y", "p").node("Relu", "p", "z"),
            "node \"sigmoid_1\" (operator Sigmoid, operator set 17): it is supported only after \
             all scores",
        ),
        (
            sound().node_with(
                "ArgMax",
                "y",
                "z",
                vec![int("select_last_index", 1), int("axis", 1)],
            ),
            "node \"argmax_1\" (operator ArgMax, operator set 17): of equal scores only the \
             first can be chosen",
        ),
        (
            sound()
                .node_with("ArgMax", "y", "a", vec![int("axis", 1)])
                .node_with("Cast", "a", "f", vec![int("to", 1)])
                .node("Neg", "f", "z"),
            "node \"neg_3\" (operator Neg, operator set 17): it computes with the number of a \
             class",
        ),
        (
            sound().node_with("Cast", "y", "z", vec![int("to", 7)]),
            "node \"cast_1\" (operator Cast, operator set 17): ",
        ),
        (
            sound()
                .node_with("Cast", "y", "h", vec![int("to", 10)])
                .node_with("Cast", "h", "z", vec![int("to", 1)]),
            "node \"cast_1\" (operator Cast, operator set 17): ",
        ),
        (
            sound().node("Reshape", "y y", "z"),
            "node \"reshape_1\" (operator Reshape, operator set 17): its second input must be",
        ),
        (
            sound().node("Softmax", "y", "p").node_with(
                "Gemm",
                "p b",
                "z",
                vec![float("alpha", 2.0)],
            ),
            "node \"gemm_2\" (operator Gemm, operator set 17): ",
        ),
    ];
    for (model, expected) in lines {
        let line = refused(&model, Form::Label);
        assert!(line.starts_with(expected), "{line}");
    }
}

#[test]
fn a_form_of_answer_that_does_not_fit_is_refused() {
    let label = sound().node_with("ArgMax", "y", "z", vec![int("axis", 1)]);
    let is_class = "the model's output: it is a class already: answer with the label";
    assert_eq!(refused(&label, Form::Scores), is_class);
    assert_eq!(refused(&label, Form::Bucket(1.0)), is_class);
    let several = refused(&sound(), Form::Bucket(1.0));
    assert_eq!(
        several,
        "the model's output: a bucket is of a single score: answer with the label"
    );
    let one = Model::new(&[-1, 4])
        .floats("w", &[4, 1], &[1.0, 2.0, 3.0, 4.0])
        .node("MatMul", "x w", "y");
    for width in [0.0, -1.0, 1e-12, 1e30, f64::NAN, f64::INFINITY] {
        let line = refused(&one, Form::Bucket(width));
        assert!(
            line.starts_with("the model's output: a bucket of width"),
            "{line}"
        );
    }
    let huge = Model::new(&[-1, 4])
        .floats("c", &[], &[1e30])
        .node("Mul", "x c", "y");
    let line = refused(&huge, Form::Scores);
    assert!(line.contains("scale or clip them"), "{line}");
}

#[test]
fn specifications_outside_their_conditions_are_refused() {
    let with = |parameters, form, rows| {
        let options = Options {
            parameters,
            form,
            rows,
        };
        let error = compile(&sound().bytes(), &calibration(&bounds(4)), &options).err();
        error.unwrap().to_string()
    };
    let hidden = with(Binding::Hidden, Form::Scores, 1);
    assert!(hidden.contains("give a hidden model away"), "{hidden}");
    for rows in [0, 1025, u32::MAX] {
        let line = with(Binding::Root, Form::Label, rows);
        assert!(line.contains("rows in a proof"), "{line}");
    }
    let wide = Model::new(&[-1, 4])
        .floats("w", &[4, 300], &[0.5; 1200])
        .node("MatMul", "x w", "y");
    let line = refused(&wide, Form::Label);
    assert!(line.contains("2 to 256 classes apart, not 300"), "{line}");
}

#[test]
fn a_network_whose_bounds_overflow_is_refused_by_its_node() {
    let mut random = Random::new(1);
    let mut model = Model::new(&[-1, 4]);
    for i in 0..60 {
        let last = if i == 0 {
            "x".into()
        } else {
            format!("r{}", i - 1)
        };
        model = model
            .floats(&format!("w{i}"), &[4, 4], &random.weights(16))
            .node("MatMul", &format!("{last} w{i}"), &format!("m{i}"))
            .node("Relu", &format!("m{i}"), &format!("r{i}"));
    }
    let line = refused(&model, Form::Label);
    assert!(line.starts_with("node \""), "{line}");
    assert!(line.contains("100 bits"), "{line}");
}

#[test]
fn calibration_rows_that_can_not_be_used_are_refused() {
    let lines = [
        with_rows(|rows| rows.rows.clear()),
        with_rows(|rows| rows.columns.clear()),
        with_rows(|rows| rows.rows[5].push(1.0)),
        with_rows(|rows| rows.rows[0].clear()),
        with_rows(|rows| rows.rows[3][2] = f64::NAN),
        with_rows(|rows| rows.rows[3][2] = f64::NEG_INFINITY),
        with_rows(|rows| rows.rows[3][2] = 1e300),
        with_rows(|rows| rows.rows[3][2] = -1e12),
        with_rows(|rows| {
            rows.columns = vec!["c".into(); 1_000_000];
            rows.rows = vec![vec![0.0; 1_000_000]];
        }),
        with_rows(|rows| rows.rows = vec![vec![0.5; 4]; (1 << 22) + 1]),
    ];
    for line in lines {
        assert!(line.starts_with("the calibration rows: "), "{line}");
    }
    let narrow = with_rows(|rows| {
        rows.columns.pop();
        rows.rows.iter_mut().for_each(|row| row.truncate(3));
    });
    assert_eq!(
        narrow,
        "the model's inputs: the model takes 4 values a row, of shape [1, 4]; the calibration \
         rows have 3"
    );
    let twice = with_rows(|rows| rows.columns[1] = rows.columns[0].clone());
    assert!(twice.contains("appears twice"), "{twice}");
    let classes = with_rows(|rows| rows.classes = Some(vec!["a".into(); 2]));
    assert_eq!(
        classes,
        "the model tells 3 classes apart, but 2 names are given"
    );
    let same = with_rows(|rows| rows.classes = Some(vec!["a".into(); 3]));
    assert!(same.contains("appears twice"), "{same}");
}

#[test]
fn rows_on_which_the_float_model_overflows_are_refused() {
    let model = Model::new(&[-1, 4])
        .floats("c", &[], &[1e38])
        .node("Mul", "x c", "a")
        .node("Mul", "a c", "y");
    let line = refused(&model, Form::Label);
    assert!(
        line.starts_with("the calibration rows: row 0 makes node"),
        "{line}"
    );
}

#[test]
fn a_single_calibration_row_is_enough() {
    let mut rows = calibration(&bounds(4));
    rows.rows.truncate(1);
    let options = Options {
        parameters: Binding::Hidden,
        form: Form::Label,
        rows: 3,
    };
    let compiled = compile(&sound().bytes(), &rows, &options).unwrap();
    assert_eq!(compiled.plan.spec().rows, 3);
}
