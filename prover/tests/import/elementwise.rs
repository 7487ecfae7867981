//! Sums, products, comparisons: with constants of any shape on either side, on a row's
//! bytes and on values that were computed.

use assay_prover::import::Form;

use super::float::{assert_circuit_agrees, assert_within_error, bounds, compiled};
use super::model::{Model, Random, float};

const TIGHTNESS: f64 = 0.1;

/// Constants away from 0, so that they can be divided by.
fn constants(count: usize) -> Vec<f32> {
    let mut random = Random::new(4);
    let sign = |i: usize| if i.is_multiple_of(2) { 1.0 } else { -1.0 };
    (0..count)
        .map(|i| (sign(i) * random.between(0.5, 2.0)) as f32)
        .collect()
}

fn with_constant(input: &[i64], shape: &[i64]) -> Model {
    let count = shape.iter().product::<i64>() as usize;
    Model::new(input).floats("c", shape, &constants(count))
}

fn width(input: &[i64]) -> usize {
    input.iter().map(|d| d.unsigned_abs() as usize).product()
}

fn check(model: &Model, columns: usize) {
    assert_within_error(model, &bounds(columns), TIGHTNESS);
}

/// On the row's bytes, and on a value.
fn check_both(input: &[i64], shape: &[i64], operator: &str, inputs: &str) {
    let bytes = with_constant(input, shape).node(operator, inputs, "y");
    check(&bytes, width(input));
    let value = with_constant(input, shape).node("Relu", "x", "r");
    let inputs = inputs.replace('x', "r");
    check(&value.node(operator, &inputs, "y"), width(input));
}

#[test]
fn sums_with_constants_of_any_shape_on_either_side() {
    for operator in ["Add", "Sub"] {
        for inputs in ["x c", "c x"] {
            for shape in [&[][..], &[1], &[4], &[1, 4], &[1, 1]] {
                check_both(&[-1, 4], shape, operator, inputs);
            }
            check_both(&[4], &[4], operator, inputs);
            for shape in [&[2, 1, 1][..], &[1, 2, 1, 3], &[3], &[2, 2, 3]] {
                check_both(&[-1, 2, 2, 3], shape, operator, inputs);
            }
        }
    }
}

#[test]
fn products_with_constants_of_any_shape_on_either_side() {
    for (operator, inputs) in [("Mul", "x c"), ("Mul", "c x"), ("Div", "x c")] {
        for shape in [&[][..], &[1], &[4], &[1, 4], &[1, 1]] {
            check_both(&[-1, 4], shape, operator, inputs);
        }
        for shape in [&[2, 1, 1][..], &[1, 2, 1, 3], &[3], &[2, 2, 3]] {
            check_both(&[-1, 2, 2, 3], shape, operator, inputs);
        }
    }
}

#[test]
fn a_chain_of_constants_before_a_product() {
    let weights = Random::new(5).weights(12);
    let model = with_constant(&[-1, 4], &[4])
        .floats("w", &[4, 3], &weights)
        .node("Sub", "x c", "centred")
        .node("Div", "centred c", "scaled")
        .node("Neg", "scaled", "negated")
        .node("MatMul", "negated w", "y");
    let errors = assert_within_error(&model, &bounds(4), 0.1);
    assert!(errors.stated < 0.2, "{errors:?}");
    let compiled = compiled(&model, &bounds(4), Form::Scores).unwrap();
    let nodes = compiled.plan.spec().graph.nodes.iter();
    let names: Vec<&str> = nodes.map(|node| &node.operator[..]).collect();
    assert_eq!(names, ["dense"], "the product takes in all of them");
}

#[test]
fn a_chain_of_constants_without_a_product() {
    let model = with_constant(&[-1, 4], &[4])
        .node("Mul", "x c", "a")
        .node("Add", "a c", "b")
        .node("Relu", "b", "y");
    let columns = bounds(4);
    assert_within_error(&model, &columns, 0.1);
    assert_circuit_agrees(&compiled(&model, &columns, Form::Scores).unwrap());
}

#[test]
fn a_factor_of_zero() {
    let model = Model::new(&[-1, 3])
        .floats("c", &[3], &[0.0, 1.5, 0.0])
        .node("Mul", "x c", "y");
    check(&model, 3);
    let relu = Model::new(&[-1, 3])
        .floats("c", &[3], &[0.0, 1.5, 0.0])
        .node("Relu", "x", "r")
        .node("Mul", "r c", "y");
    check(&relu, 3);
}

#[test]
fn values_are_added_to_values() {
    for operator in ["Add", "Sub"] {
        let weights = |seed| Random::new(seed).weights(16);
        let residual = Model::new(&[-1, 4])
            .floats("v", &[4, 4], &weights(1))
            .floats("w", &[4, 4], &weights(2))
            .node("MatMul", "x v", "a")
            .node("Relu", "a", "r")
            .node("MatMul", "r w", "b")
            .node(operator, "b a", "y");
        check(&residual, 4);
        let with_input = Model::new(&[-1, 4])
            .floats("v", &[4, 4], &weights(1))
            .node("MatMul", "x v", "a")
            .node(operator, "a x", "y");
        check(&with_input, 4);
        let own = Model::new(&[-1, 4])
            .node("Relu", "x", "r")
            .node(operator, "r x", "y");
        assert_within_error(&own, &bounds(4), 1.0);
    }
    check(&Model::new(&[-1, 4]).node("Add", "x x", "y"), 4);
}

#[test]
fn values_of_very_different_scales_are_added() {
    let model = |large: f32, small: f32| {
        Model::new(&[-1, 2])
            .floats("l", &[], &[large])
            .floats("s", &[], &[small])
            .node("Relu", "x", "r")
            .node("Mul", "r l", "a")
            .node("Mul", "r s", "b")
            .node("Add", "a b", "y")
    };
    for (large, small) in [(1e4, 1e-4), (1.0, 1e-20), (1e3, 1e-30)] {
        check(&model(large, small), 2);
        check(&model(small, large), 2);
    }
}

#[test]
fn constants_far_larger_or_smaller_than_what_they_are_added_to() {
    for constant in [1e-6, 1e3, 1e7, 1e-30] {
        for factor in [1.0f32, 1e-20, 1e-3] {
            let model = Model::new(&[-1, 2])
                .floats("c", &[], &[constant])
                .floats("f", &[], &[factor])
                .node("Relu", "x", "r")
                .node("Mul", "r f", "a")
                .node("Add", "a c", "y");
            let unit = 2f64.powi(-39);
            let errors = assert_within_error(&model, &bounds(2), f64::INFINITY);
            let size = 3.0 * f64::from(factor) + f64::from(constant);
            assert!(errors.stated <= 0.1 * size + 2.0 * unit, "{errors:?}");
        }
    }
}

#[test]
fn negation_and_rectifiers() {
    check(&Model::new(&[-1, 4]).node("Neg", "x", "y"), 4);
    check(&Model::new(&[-1, 4]).node("Relu", "x", "y"), 4);
    check(
        &Model::new(&[-1, 4])
            .node("Relu", "x", "r")
            .node("Neg", "r", "y"),
        4,
    );
    let model = Model::new(&[-1, 4])
        .node("Neg", "x", "n")
        .node("Relu", "n", "r")
        .node("Neg", "r", "y");
    check(&model, 4);
    assert_circuit_agrees(&compiled(&model, &bounds(4), Form::Scores).unwrap());
}

#[test]
fn comparisons_with_a_constant_on_either_side() {
    for operator in ["Max", "Min"] {
        for inputs in ["x c", "c x"] {
            for constant in [0.0, 0.75, -1.25, 100.0, -100.0] {
                let model = Model::new(&[-1, 4])
                    .floats("c", &[], &[constant])
                    .node(operator, inputs, "y");
                assert_within_error(&model, &bounds(4), 0.1);
                let value = Model::new(&[-1, 4])
                    .floats("c", &[1], &[constant])
                    .floats("w", &[4, 4], &Random::new(6).weights(16))
                    .node("MatMul", "x w", "z")
                    .node(operator, &inputs.replace('x', "z"), "y");
                assert_within_error(&value, &bounds(4), 0.1);
            }
        }
    }
}

#[test]
fn comparisons_with_several_constants() {
    let model = Model::new(&[-1, 4])
        .floats("a", &[], &[0.5])
        .floats("b", &[1], &[0.25])
        .node("Max", "a x b", "y");
    check(&model, 4);
    check(&Model::new(&[-1, 4]).node("Max", "x", "y"), 4);
}

#[test]
fn clip_with_both_bounds_or_one_or_none() {
    let model = || {
        Model::new(&[-1, 4])
            .floats("lo", &[], &[-0.5])
            .floats("hi", &[], &[1.5])
            .floats("w", &[4, 4], &Random::new(6).weights(16))
            .node("MatMul", "x w", "z")
    };
    for inputs in [
        "z lo hi", "z lo", "z - hi", "z lo -", "z", "x lo hi", "x - hi",
    ] {
        check(&model().node("Clip", inputs, "y"), 4);
    }
    let attributes = [
        vec![float("min", -0.5), float("max", 1.5)],
        vec![float("min", -0.5)],
        vec![float("max", 1.5)],
        vec![float("min", 0.0), float("max", f32::MAX)],
        vec![float("min", f32::MIN)],
    ];
    for attributes in attributes {
        check(
            &model().opset(10).node_with("Clip", "z", "y", attributes),
            4,
        );
    }
    let clipped = model().node("Clip", "z lo hi", "y");
    assert_circuit_agrees(&compiled(&clipped, &bounds(4), Form::Scores).unwrap());
}

#[test]
fn constants_from_nodes_of_their_own() {
    let constant = super::model::floats("", &[4], &constants(4));
    let model = Model::new(&[-1, 4])
        .node_with(
            "Constant",
            "",
            "c",
            vec![super::model::tensor("value", constant)],
        )
        .node_with("Constant", "", "d", vec![float("value_float", 0.5)])
        .node("Mul", "x c", "a")
        .node("Add", "a d", "y");
    check(&model, 4);
}
