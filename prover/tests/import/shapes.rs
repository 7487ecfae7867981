//! What moves elements, and what does nothing.

use super::float::{assert_within_error, bounds};
use super::model::{Model, Random, float, int, ints};

fn check(model: &Model, columns: usize) {
    assert_within_error(model, &bounds(columns), 0.1);
}

/// After a rectifier, so that the value isn't the row itself.
fn rectified(input: &[i64]) -> Model {
    Model::new(input).node("Relu", "x", "r")
}

/// On the row's bytes, and on a value; a product after it, where elements that were moved
/// wrongly show.
fn check_both(input: &[i64], add: impl Fn(Model, &str) -> Model) {
    let columns = input.iter().map(|d| d.unsigned_abs() as usize).product();
    check(&add(Model::new(input), "x"), columns);
    check(&add(rectified(input), "r"), columns);
    let weights = Random::new(8).weights(2 * columns);
    let flat = |model: Model| {
        model
            .floats("w", &[columns as i64, 2], &weights)
            .integers("flat", &[1, -1])
            .node("Reshape", "m flat", "f")
            .node("MatMul", "f w", "y")
    };
    check(&flat(add(Model::new(input), "x")), columns);
    check(&flat(add(rectified(input), "r")), columns);
}

#[test]
fn reshape() {
    for shape in [
        &[1, 6][..],
        &[2, 3],
        &[-1],
        &[0, -1],
        &[3, -1],
        &[1, 3, 1, 2],
        &[6, 1],
    ] {
        check_both(&[-1, 6], |model, input| {
            model
                .integers("s", shape)
                .node("Reshape", &format!("{input} s"), "m")
        });
    }
    check_both(&[-1, 1, 2, 3], |model, input| {
        model
            .integers("s", &[0, 0, -1])
            .node("Reshape", &format!("{input} s"), "m")
    });
}

#[test]
fn flatten() {
    for axis in [0, 1, 2, 3, -1] {
        check_both(&[-1, 2, 1, 3], |model, input| {
            model.node_with("Flatten", input, "m", vec![int("axis", axis)])
        });
    }
}

#[test]
fn squeeze_and_unsqueeze_by_attribute_or_input() {
    for axes in [&[0, 2][..], &[2], &[-2], &[0]] {
        check_both(&[1, 2, 1, 3], |model, input| {
            model
                .opset(11)
                .node_with("Squeeze", input, "m", vec![ints("axes", axes)])
        });
        check_both(&[1, 2, 1, 3], |model, input| {
            model
                .integers("a", axes)
                .node("Squeeze", &format!("{input} a"), "m")
        });
        check_both(&[-1, 6], |model, input| {
            model
                .opset(11)
                .node_with("Unsqueeze", input, "m", vec![ints("axes", axes)])
        });
        check_both(&[-1, 6], |model, input| {
            model
                .integers("a", axes)
                .node("Unsqueeze", &format!("{input} a"), "m")
        });
    }
    check_both(&[1, 2, 1, 3], |model, input| {
        model.node("Squeeze", input, "m")
    });
}

#[test]
fn transpose() {
    for perm in [
        &[0, 1, 2][..],
        &[0, 2, 1],
        &[2, 0, 1],
        &[1, 2, 0],
        &[2, 1, 0],
    ] {
        check_both(&[-1, 2, 3], |model, input| {
            model.node_with("Transpose", input, "m", vec![ints("perm", perm)])
        });
    }
    check_both(&[-1, 2, 3], |model, input| {
        model.node("Transpose", input, "m")
    });
    check_both(&[-1, 2, 3, 2], |model, input| {
        model.node_with("Transpose", input, "m", vec![ints("perm", &[0, 3, 1, 2])])
    });
}

#[test]
fn weights_that_are_moved_before_they_are_used() {
    let model = Model::new(&[-1, 4])
        .floats("w", &[3, 4], &Random::new(9).weights(12))
        .integers("s", &[4, 3])
        .node("Transpose", "w", "t")
        .node("Reshape", "w s", "u")
        .node("MatMul", "x t", "a")
        .node("MatMul", "x u", "b")
        .node("Add", "a b", "y");
    check(&model, 4);
}

#[test]
fn what_does_nothing() {
    check(&Model::new(&[-1, 4]).node("Identity", "x", "y"), 4);
    check(
        &rectified(&[-1, 4])
            .node("Identity", "r", "i")
            .node("Identity", "i", "y"),
        4,
    );
    check(&rectified(&[-1, 4]).node("Dropout", "r", "y"), 4);
    check(&rectified(&[-1, 4]).node("Dropout", "r", "y mask"), 4);
    check(
        &rectified(&[-1, 4])
            .floats("p", &[], &[0.5])
            .node("Dropout", "r p", "y"),
        4,
    );
    let old = vec![float("ratio", 0.5)];
    check(
        &rectified(&[-1, 4])
            .opset(11)
            .node_with("Dropout", "r", "y", old),
        4,
    );
    check(
        &rectified(&[-1, 4]).node_with("Cast", "r", "y", vec![int("to", 1)]),
        4,
    );
    let double = rectified(&[-1, 4])
        .node_with("Cast", "r", "d", vec![int("to", 11)])
        .node_with("Cast", "d", "y", vec![int("to", 1)]);
    check(&double, 4);
}

#[test]
fn inputs_of_any_rank() {
    for shape in [
        &[6][..],
        &[-1, 6],
        &[1, 6],
        &[2, 3],
        &[-1, 2, 3],
        &[-1, 1, 2, 3],
    ] {
        check(&Model::new(shape).node("Relu", "x", "y"), 6);
        check(&Model::new(shape).node("Neg", "x", "y"), 6);
    }
}

#[test]
fn a_row_may_have_a_single_number_or_many() {
    check(&Model::new(&[-1, 1]).node("Relu", "x", "y"), 1);
    check(&Model::new(&[1]).node("Relu", "x", "y"), 1);
    let wide = Model::new(&[-1, 1199])
        .floats("w", &[1199, 1], &Random::new(10).weights(1199))
        .node("MatMul", "x w", "y");
    assert_within_error(&wide, &bounds(1199), 0.2);
}
