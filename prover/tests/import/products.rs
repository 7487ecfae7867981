//! MatMul, Gemm and Einsum with a constant, in all forms.

use assay_prover::import::Form;

use super::float::{assert_circuit_agrees, assert_within_error, bounds, compiled};
use super::model::{Model, Random, float, int, text};

const TIGHTNESS: f64 = 0.1;

fn check(model: &Model, columns: usize) {
    assert_within_error(model, &bounds(columns), TIGHTNESS);
}

fn with_weights(input: &[i64], weights: &[i64]) -> Model {
    let count = weights.iter().product::<i64>() as usize;
    Model::new(input).floats("w", weights, &Random::new(1).weights(count))
}

fn with_bias(model: Model, shape: &[i64]) -> Model {
    let count = shape.iter().product::<i64>() as usize;
    model.floats("b", shape, &Random::new(2).weights(count))
}

#[test]
fn a_matrix_on_either_side() {
    check(
        &with_weights(&[-1, 5], &[5, 3]).node("MatMul", "x w", "y"),
        5,
    );
    check(
        &with_weights(&[5, 1], &[3, 5]).node("MatMul", "w x", "y"),
        5,
    );
    check(
        &with_weights(&[1, 5], &[5, 3]).node("MatMul", "x w", "y"),
        5,
    );
}

#[test]
fn a_vector_on_either_side() {
    check(&with_weights(&[5], &[5, 3]).node("MatMul", "x w", "y"), 5);
    check(&with_weights(&[5], &[3, 5]).node("MatMul", "w x", "y"), 5);
    check(&with_weights(&[-1, 5], &[5]).node("MatMul", "x w", "y"), 5);
}

#[test]
fn one_feature_and_one_score() {
    check(
        &with_weights(&[-1, 1], &[1, 4]).node("MatMul", "x w", "y"),
        1,
    );
    check(
        &with_weights(&[-1, 6], &[6, 1]).node("MatMul", "x w", "y"),
        6,
    );
    check(
        &with_weights(&[-1, 1], &[1, 1]).node("MatMul", "x w", "y"),
        1,
    );
}

#[test]
fn several_rows_share_the_weights() {
    check(
        &with_weights(&[-1, 2, 3], &[3, 4]).node("MatMul", "x w", "y"),
        6,
    );
    check(
        &with_weights(&[2, 3], &[3, 4]).node("MatMul", "x w", "y"),
        6,
    );
    check(
        &with_weights(&[-1, 2, 2, 3], &[3, 2]).node("MatMul", "x w", "y"),
        12,
    );
    check(
        &with_weights(&[3, 2], &[4, 3]).node("MatMul", "w x", "y"),
        6,
    );
}

#[test]
fn a_bias_of_any_shape_on_either_side() {
    for shape in [&[3][..], &[1, 3], &[1], &[], &[1, 1]] {
        for inputs in ["xw b", "b xw"] {
            let product = with_weights(&[-1, 5], &[5, 3]).node("MatMul", "x w", "xw");
            check(&with_bias(product, shape).node("Add", inputs, "y"), 5);
        }
    }
    for shape in [&[4][..], &[2, 1], &[1, 2, 4], &[1, 1, 4], &[2, 4], &[]] {
        let product = with_weights(&[-1, 2, 3], &[3, 4]).node("MatMul", "x w", "xw");
        check(&with_bias(product, shape).node("Add", "xw b", "y"), 6);
    }
}

#[test]
fn a_bias_that_is_subtracted() {
    let product = || with_weights(&[-1, 5], &[5, 3]).node("MatMul", "x w", "xw");
    check(&with_bias(product(), &[3]).node("Sub", "xw b", "y"), 5);
    check(&with_bias(product(), &[3]).node("Sub", "b xw", "y"), 5);
}

#[test]
fn a_product_that_is_used_twice_keeps_its_own_value() {
    let product = with_weights(&[-1, 5], &[5, 3]).node("MatMul", "x w", "xw");
    let model = with_bias(product, &[3])
        .node("Add", "xw b", "z")
        .node("Sub", "z xw", "y");
    // The difference is the bias, which every score is.
    assert_within_error(&model, &bounds(5), 10.0);
    let product = with_weights(&[-1, 5], &[5, 3]).node("MatMul", "x w", "xw");
    check(&product.node("Add", "xw xw", "y"), 5);
}

#[test]
fn gemm_in_all_forms() {
    for (input, weights, trans_a, trans_b) in [
        ([-1, 5], [5, 3], 0, 0),
        ([-1, 5], [3, 5], 0, 1),
        ([5, 1], [5, 3], 1, 0),
        ([5, 1], [3, 5], 1, 1),
    ] {
        let flags = || vec![int("transA", trans_a), int("transB", trans_b)];
        let model = || with_weights(&input, &weights);
        check(&model().node_with("Gemm", "x w", "y", flags()), 5);
        for shape in [&[3][..], &[1, 3], &[1], &[], &[1, 1]] {
            let model = with_bias(model(), shape);
            check(&model.clone().node_with("Gemm", "x w b", "y", flags()), 5);
            let scaled = [flags(), vec![float("alpha", -0.7), float("beta", 2.5)]].concat();
            check(&model.node_with("Gemm", "x w b", "y", scaled), 5);
        }
    }
}

#[test]
fn gemm_that_drops_its_bias_or_scales_nothing() {
    let model = || with_bias(with_weights(&[-1, 5], &[5, 3]), &[3]);
    let attributes = [
        vec![float("beta", 0.0)],
        vec![float("alpha", 3.0)],
        vec![float("beta", -1.0)],
    ];
    for attributes in attributes {
        check(&model().node_with("Gemm", "x w b", "y", attributes), 5);
    }
}

#[test]
fn gemm_of_several_rows_with_a_bias_for_each() {
    for shape in [&[2, 1][..], &[2, 3], &[1, 3], &[3]] {
        let model = with_bias(with_weights(&[2, 5], &[5, 3]), shape);
        check(&model.node("Gemm", "x w b", "y"), 10);
    }
}

#[test]
fn weights_on_the_left_of_gemm() {
    let model = with_bias(with_weights(&[5, 2], &[3, 5]), &[3, 1]);
    check(&model.node("Gemm", "w x b", "y"), 10);
}

#[test]
fn einsum_with_a_constant() {
    let forms: [(&[i64], &[i64], &str, &str); 13] = [
        (&[-1, 4], &[4, 3], "bi,ij->bj", "x w"),
        (&[-1, 4], &[4, 3], " b i , i j -> b j ", "x w"),
        (&[-1, 4], &[4, 3], "bi,ij->jb", "x w"),
        (&[-1, 4], &[4, 3], "...i,ij->...j", "x w"),
        (&[-1, 4], &[3, 4], "ij,bj->bi", "w x"),
        (&[-1, 2, 3], &[3, 4], "bij,jk->bik", "x w"),
        (&[-1, 2, 3], &[3, 4], "bij,jk->kbi", "x w"),
        (&[-1, 2, 3], &[2, 4], "bij,ik->bkj", "x w"),
        (&[-1, 2, 3], &[2, 3, 2], "bij,ijk->bk", "x w"),
        (&[-1, 2, 3], &[3, 2, 2], "bij,jik->kb", "x w"),
        (&[-1, 4], &[3], "bi,j->bij", "x w"),
        (&[-1, 4], &[4], "bi,i->b", "x w"),
        (&[4], &[4, 2, 3], "i,ijk->jk", "x w"),
    ];
    for (input, weights, equation, inputs) in forms {
        let equation = vec![text("equation", equation)];
        let model = with_weights(input, weights).node_with("Einsum", inputs, "y", equation);
        check(
            &model,
            input.iter().map(|d| d.unsigned_abs() as usize).product(),
        );
    }
}

#[test]
fn a_product_of_transposed_inputs_meets_the_right_columns() {
    // Columns differ, so a permutation that is left out shows.
    let perm = || vec![super::model::ints("perm", &[0, 2, 1])];
    let model = with_weights(&[-1, 2, 3], &[6, 2])
        .integers("flat", &[1, 6])
        .node_with("Transpose", "x", "t", perm())
        .node("Reshape", "t flat", "f")
        .node("MatMul", "f w", "y");
    check(&model, 6);
    let model = with_weights(&[-1, 2, 3], &[2, 4])
        .node_with("Transpose", "x", "t", perm())
        .node("MatMul", "t w", "y");
    check(&model, 6);
}

#[test]
fn circuit_and_plan_agree_on_products() {
    let two = with_weights(&[-1, 5], &[5, 3])
        .node("MatMul", "x w", "xw")
        .node("Relu", "xw", "r");
    let two = with_bias(two, &[3]).floats("v", &[3, 2], &Random::new(3).weights(6));
    let two = two.node("Add", "r b", "h").node("MatMul", "h v", "y");
    let rows = with_weights(&[-1, 2, 3], &[3, 4]).node("MatMul", "x w", "y");
    for (model, columns) in [(two, 5), (rows, 6)] {
        for form in [Form::Scores, Form::Label] {
            assert_circuit_agrees(&compiled(&model, &bounds(columns), form).unwrap());
        }
    }
}
