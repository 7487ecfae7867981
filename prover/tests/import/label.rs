//! Labels: what may come after the scores, and ties.

use assay_prover::import::{Compiled, Form};

use super::float::{Float, assert_circuit_agrees, bounds, compiled, errors, rows};
use super::model::{Model, Random, int, ints};

/// Three scores of five columns.
fn scores() -> Model {
    Model::new(&[-1, 5])
        .floats("w", &[5, 3], &Random::new(1).weights(15))
        .floats("b", &[3], &Random::new(2).weights(3))
        .node("Gemm", "x w b", "s")
}

/// One score of five columns, of both signs.
fn one_score() -> Model {
    Model::new(&[-1, 5])
        .floats("w", &[5, 1], &[1.0, -3.0, 0.5, -0.25, 0.75])
        .floats("b", &[1], &[2.5])
        .node("Gemm", "x w b", "s")
}

fn label(compiled: &Compiled, row: &[String]) -> i64 {
    let quantiser = compiled.schema.quantiser().unwrap();
    let bytes = quantiser.features(row.iter().map(String::as_str)).unwrap();
    compiled.plan.answer(&compiled.parameters, &bytes).unwrap()[0]
}

fn floats(row: &[String]) -> Vec<f64> {
    row.iter().map(|text| text.parse().unwrap()).collect()
}

/// Of equal scores the first.
fn greatest(scores: &[f64]) -> i64 {
    let greatest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    scores.iter().position(|&score| score == greatest).unwrap() as i64
}

/// Asserts that `model`'s labels are `expected` of the scores of `of`, wherever these differ
/// by more than their error.
fn assert_labels(model: &Model, of: &Model, expected: fn(&[f64]) -> i64) {
    let columns = bounds(5);
    let compiled_label = compiled(model, &columns, Form::Label).unwrap();
    let float = Float::of(of);
    let error = compiled(of, &columns, Form::Scores).unwrap().error;
    let mut seen = std::collections::BTreeMap::new();
    for row in rows(&compiled_label) {
        let scores = float.run(&floats(&row));
        let mut sorted = [&scores[..], &[0.0][..usize::from(scores.len() == 1)]].concat();
        sorted.sort_by(|a, b| b.total_cmp(a));
        if sorted[0] - sorted[1] > 2.0 * error {
            let label = label(&compiled_label, &row);
            assert_eq!(label, expected(&scores), "{scores:?}");
            *seen.entry(label).or_insert(0) += 1;
        }
    }
    assert!(
        seen.len() > 1 && seen.values().sum::<usize>() > 100,
        "{seen:?}"
    );
}

#[test]
fn the_greatest_score_is_the_label() {
    assert_labels(&scores(), &scores(), greatest);
    for (axis, keepdims) in [(1, 0), (1, 1), (-1, 0), (-1, 1)] {
        let attributes = vec![int("axis", axis), int("keepdims", keepdims)];
        let model = scores().node_with("ArgMax", "s", "y", attributes);
        assert_labels(&model, &scores(), greatest);
    }
}

#[test]
fn the_sign_of_a_single_score_is_the_label() {
    let sign = |scores: &[f64]| i64::from(scores[0] > 0.0);
    assert_labels(&one_score(), &one_score(), sign);
    assert_labels(&one_score().node("Sigmoid", "s", "y"), &one_score(), sign);
    let with_cast =
        one_score()
            .node("Sigmoid", "s", "p")
            .node_with("Cast", "p", "y", vec![int("to", 1)]);
    assert_labels(&with_cast, &one_score(), sign);
}

#[test]
fn what_keeps_the_order_of_scores_is_passed_through() {
    for operator in ["Sigmoid", "Softmax", "LogSoftmax"] {
        for opset in [11, 13, 17] {
            let last = scores().opset(opset).node("Identity", "s", "i");
            let last = last.node(operator, "i", "p");
            assert_labels(&last, &scores(), greatest);
            let arg_max = vec![int("axis", 1)];
            let then = last.node_with("ArgMax", "p", "y", arg_max);
            assert_labels(&then, &scores(), greatest);
        }
    }
    let axis = vec![int("axis", -1)];
    let moved = scores()
        .node_with("Softmax", "s", "p", axis)
        .node_with("Transpose", "p", "t", vec![ints("perm", &[1, 0])])
        .node_with("ArgMax", "t", "y", vec![int("axis", 0)]);
    assert_labels(&moved, &scores(), greatest);
}

#[test]
fn a_label_may_change_its_type_and_its_shape() {
    for to in [1, 6, 7, 11] {
        let model = scores()
            .node_with("ArgMax", "s", "a", vec![int("axis", 1)])
            .node_with("Cast", "a", "y", vec![int("to", to)]);
        assert_labels(&model, &scores(), greatest);
    }
    let model = scores()
        .integers("shape", &[1, 1, 1])
        .node_with("ArgMax", "s", "a", vec![int("axis", 1)])
        .node("Reshape", "a shape", "y");
    assert_labels(&model, &scores(), greatest);
}

#[test]
fn of_equal_scores_the_first_is_the_label_as_in_the_float_model() {
    // Exact: weights and inputs are small integers.
    let model = Model::new(&[-1, 2])
        .floats("w", &[2, 4], &[1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0])
        .node("MatMul", "x w", "s")
        .node_with("ArgMax", "s", "y", vec![int("axis", 1)]);
    let compiled = compiled(&model, &[(0.0, 255.0), (0.0, 255.0)], Form::Label).unwrap();
    let float = Float::of(&model);
    for (a, b) in [(0, 0), (7, 7), (8, 7), (7, 8), (255, 255), (0, 255)] {
        let row = [a, b].map(|x: i32| x.to_string());
        assert_eq!(label(&compiled, &row) as f64, float.run(&floats(&row))[0]);
    }
}

#[test]
fn a_score_of_zero_is_not_positive() {
    let model = Model::new(&[-1, 1])
        .floats("w", &[1, 1], &[1.0])
        .floats("b", &[1], &[-10.0])
        .node("Gemm", "x w b", "s")
        .node("Sigmoid", "s", "y");
    let compiled = compiled(&model, &[(0.0, 255.0)], Form::Label).unwrap();
    for (x, expected) in [(9, 0), (10, 0), (11, 1)] {
        assert_eq!(label(&compiled, &[x.to_string()]), expected);
    }
}

#[test]
fn circuit_and_plan_agree_on_labels() {
    for model in [scores(), one_score().node("Sigmoid", "s", "y")] {
        assert_circuit_agrees(&compiled(&model, &bounds(5), Form::Label).unwrap());
    }
}

#[test]
fn scores_of_the_same_model_have_an_error() {
    let compiled = compiled(&scores(), &bounds(5), Form::Scores).unwrap();
    assert!(errors(&compiled, &Float::of(&scores())).stated > 0.0);
    assert_eq!(
        super::float::compiled(&scores(), &bounds(5), Form::Label)
            .unwrap()
            .error,
        0.0
    );
}
