use assay_gadgets::harness::{Harness, Ports, Recorder};
use assay_gadgets::select::{OneHot, select};
use assay_gadgets::{Bit, Error, Int};

use crate::builder::{alloc, on_ints, out, scalars};

#[test]
fn a_bit_chooses() {
    let chooses = on_ints("select", &[2, 8, 6], |cs, ints| {
        let bit = Bit::enforce(&mut *cs, ints[0].linear().clone());
        let chosen = select(cs, &bit, &ints[1], &ints[2])?;
        assert_eq!((chosen.lo(), chosen.hi()), (-128, 127));
        Ok(out(&[&chosen]))
    });
    let chooses = chooses.accept(vec![1, -128, 31], scalars(&[-128]));
    let chooses = chooses
        .accept(vec![0, 127, -32], scalars(&[-32]))
        .expect_constraints(16 + 2);
    chooses.refuse(vec![-1, 0, 0]).run().into_result().unwrap();
}

#[test]
fn a_position_chooses() {
    let chooses = Harness::new("one-hot", |cs: &mut Recorder, at: Option<&usize>| {
        let values = alloc(cs, &[6, 6, 6, 6], at.map(|_| vec![-32, 31, 7, 7]).as_ref())?;
        let position = OneHot::alloc(&mut *cs, at.copied(), 4)?;
        let chosen = position.select(cs, &values)?;
        let mut inputs = out(&values.iter().collect::<Vec<_>>());
        inputs.extend(position.bits().iter().map(|bit| bit.linear().clone()));
        Ok(Ports {
            inputs,
            outputs: out(&[&chosen, &position.index()?]),
        })
    });
    let chooses = chooses
        .accept(0, scalars(&[-32, 0]))
        .accept(1, scalars(&[31, 1]));
    let chooses = chooses
        .accept(3, scalars(&[7, 3]))
        .expect_constraints(24 + 4 + 3);
    chooses.run().into_result().unwrap();
}

#[test]
fn a_position_past_the_end_is_an_error() {
    let mut cs = Recorder::with_witness();
    assert!(matches!(
        OneHot::alloc(&mut cs, Some(4), 4),
        Err(Error::OutOfRange { .. })
    ));
    assert!(matches!(
        OneHot::alloc(&mut cs, None, 0),
        Err(Error::Length { .. })
    ));
    let position = OneHot::alloc(&mut cs, Some(1), 2).unwrap();
    let one = [Int::constant(1).unwrap()];
    assert!(matches!(
        position.select(&mut cs, &one),
        Err(Error::Length { .. })
    ));
}
