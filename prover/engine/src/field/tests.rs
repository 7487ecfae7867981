use super::*;
use proptest::prelude::*;

/// Elements as big-endian bytes below the modulus: the first byte is below `p`'s.
fn element() -> impl Strategy<Value = Words> {
    (any::<[u8; 48]>(), 0..4u8).prop_map(|(mut bytes, kind)| {
        bytes[0] %= 0x1a;
        match kind {
            0 => bytes = [0; 48],
            1 => bytes[..47].fill(0),
            _ => {}
        }
        from_bytes(&bytes)
    })
}

fn eight() -> impl Strategy<Value = [Words; LANES]> {
    proptest::array::uniform8(element())
}

/// What every backend does of its operations, as stored elements.
fn results<F: Field<Stored = Words>>(
    a: &[Words; LANES],
    b: &[Words; LANES],
) -> Vec<[Words; LANES]> {
    let (x, y) = (F::load(a.each_ref()), F::load(b.each_ref()));
    let slope = F::load(a.each_ref()).sub(y).mul(nonzero(y).inverse());
    let negated = x.negate(0b1010_0110);
    vec![
        x.reduce().store(),
        x.add(y).reduce().store(),
        x.sub(y).reduce().store(),
        negated.reduce().store(),
        x.select(0b0101_1001, y).reduce().store(),
        slope.square().scaled().sub_both(x, y).reduce().store(),
        slope.mul(x).reduce().store(),
        slope.mul(x).mul(slope).add(y).reduce().store(),
        [[u64::from(x.equal(y)), u64::from(y.is_zero()), 0, 0, 0, 0]; LANES],
    ]
}

fn nonzero<F: Field>(value: F) -> F {
    value.select(value.is_zero(), F::one())
}

proptest! {
    /// Backends agree on whatever is a coordinate again; what they see in between differs
    /// by the constant of `scaled`.
    #[test]
    #[cfg(target_arch = "x86_64")]
    fn backends_agree(a in eight(), b in eight()) {
        if Ifma::is_available() {
            let b = b.map(|words| match words == [0; 6] { true => TWO_416, false => words });
            prop_assert_eq!(results::<Ifma>(&a, &b), results::<Portable>(&a, &b));
        }
    }

    #[test]
    fn bytes_come_back(a in element()) {
        prop_assert!(is_canonical(&a));
        prop_assert_eq!(from_bytes(&to_bytes(&a)), a);
    }
}

#[test]
fn the_constants_are_powers_of_two() {
    let double = |words: Words| {
        let lanes = Portable::load([&words; LANES]);
        lanes.add(lanes).store()[0]
    };
    let times = |words, count| (0..count).fold(words, |words, _| double(words));
    assert_eq!(times(TWO_352, 32), TWO_384);
    assert_eq!(times(TWO_384, 32), TWO_416);
    assert_eq!(times(TWO_416, 32), TWO_448);
    let mut one = [0; 48];
    one[47] = 1;
    assert_eq!(from_bytes(&one), TWO_416);
}

#[test]
fn the_modulus_is_not_canonical() {
    assert!(!is_canonical(&MODULUS));
    let mut below = MODULUS;
    below[0] -= 1;
    assert!(is_canonical(&below));
}
