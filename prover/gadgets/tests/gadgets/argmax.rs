use assay_gadgets::Error;
use assay_gadgets::argmax::argmax;
use assay_gadgets::harness::Recorder;

use crate::builder::{on_ints, out, scalars};

#[test]
fn the_lowest_of_the_greatest_wins() {
    let lowest = on_ints("argmax", &[5, 5, 5, 5], |cs, ints| {
        Ok(out(&[&argmax(cs, ints)?.index()?]))
    });
    let lowest = lowest.accept(vec![3, 9, -16, 9], scalars(&[1]));
    let lowest = lowest.accept(vec![-16, -16, -16, -16], scalars(&[0]));
    let lowest = lowest
        .accept(vec![0, 1, 2, 15], scalars(&[3]))
        .expect_constraints(20 + 4 + 3 + 4 * 5);
    lowest.run().into_result().unwrap();
}

#[test]
fn of_nothing_there_is_no_greatest() {
    let mut cs = Recorder::with_witness();
    assert!(matches!(argmax(&mut cs, &[]), Err(Error::Length { .. })));
}
