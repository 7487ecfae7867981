//! The permutation against its definition, against neptune's, and against pinned states.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assay_poseidon::{FULL_ROUNDS, MDS, PARTIAL_ROUNDS, ROUND_CONSTANTS, Scalar, WIDTH, permute};
use neptune::poseidon::{Poseidon, PoseidonConstants};
use proptest::prelude::*;
use typenum::U8;

type State = [Scalar; WIDTH];

/// 64 random bytes an element, reduced modulo p.
fn any_state() -> impl Strategy<Value = State> {
    let wide = (any::<[u8; 32]>(), any::<[u8; 32]>());
    let scalar = wide.prop_map(|(low, high)| {
        let bytes = [low, high].concat();
        Scalar::from_bytes_wide(&bytes.try_into().expect("64 bytes"))
    });
    proptest::array::uniform9(scalar)
}

/// The textbook rounds.
fn permute_by_definition(mut state: State) -> State {
    let half = FULL_ROUNDS / 2;
    for (round, constants) in ROUND_CONSTANTS.iter().enumerate() {
        let sum: State = std::array::from_fn(|i| state[i] + constants[i]);
        let partial = (half..half + PARTIAL_ROUNDS).contains(&round);
        let powers: State = std::array::from_fn(|i| match i {
            1.. if partial => sum[i],
            _ => sum[i].pow_vartime(&[5, 0, 0, 0]),
        });
        state = std::array::from_fn(|i| (0..WIDTH).map(|j| MDS[i][j] * powers[j]).sum());
    }
    state
}

fn permute_with_neptune(constants: &PoseidonConstants<blstrs::Scalar, U8>, state: State) -> State {
    let mut poseidon = Poseidon::<blstrs::Scalar, U8>::new(constants);
    for (theirs, ours) in poseidon.elements.iter_mut().zip(&state) {
        *theirs = blstrs::Scalar::from_bytes_le(&ours.to_bytes()).expect("canonical");
    }
    poseidon.hash();
    std::array::from_fn(|i| {
        Scalar::from_bytes(&poseidon.elements[i].to_bytes_le()).expect("canonical")
    })
}

fn hexadecimal(scalar: &Scalar) -> String {
    scalar
        .to_bytes()
        .iter()
        .rev()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn the_instance_is_neptunes_standard_strength_for_arity_8() {
    let constants = PoseidonConstants::<blstrs::Scalar, U8>::new();
    assert_eq!(
        (FULL_ROUNDS, PARTIAL_ROUNDS),
        (constants.full_rounds, constants.partial_rounds)
    );
    let theirs = constants.round_constants.expect("kept by neptune");
    let ours: Vec<_> = ROUND_CONSTANTS
        .iter()
        .flatten()
        .map(Scalar::to_bytes)
        .collect();
    assert_eq!(
        ours,
        theirs
            .iter()
            .map(blstrs::Scalar::to_bytes_le)
            .collect::<Vec<_>>()
    );
}

#[test]
fn edge_states_agree_with_neptune_and_with_the_definition() {
    let constants = PoseidonConstants::new();
    let minus_one = -Scalar::one();
    let unit = |i| std::array::from_fn(|j| Scalar::from(u64::from(i == j)));
    let edges = [
        [Scalar::zero(); WIDTH],
        [Scalar::one(); WIDTH],
        [minus_one; WIDTH],
    ];
    for state in edges.into_iter().chain((0..WIDTH).map(unit)) {
        let mut permuted = state;
        permute(&mut permuted);
        assert_eq!(permuted, permute_with_neptune(&constants, state));
        assert_eq!(permuted, permute_by_definition(state));
    }
}

#[test]
fn random_states_agree_with_neptune_and_with_the_definition() {
    let constants = PoseidonConstants::new();
    proptest!(ProptestConfig::with_cases(1000), |(state in any_state())| {
        let mut permuted = state;
        permute(&mut permuted);
        prop_assert_eq!(permuted, permute_with_neptune(&constants, state));
        prop_assert_eq!(permuted, permute_by_definition(state));
    });
}

#[test]
fn the_permutation_of_nought_to_eight_is_pinned() {
    let mut state = std::array::from_fn(|i| Scalar::from(i as u64));
    permute(&mut state);
    assert_eq!(
        state.each_ref().map(hexadecimal),
        [
            "1b23274b6ef00f59971062d45a83cd6bf570c5c043dda1b3d0f08d115895f06f",
            "6abcc4115be38a79ca3974ed4eceeeaf39f50e7daa844752cbdc1298425803a8",
            "6235e18caea4b0900343b6d410078acaeb5f1280fe0188cb1b7f23739b744754",
            "2c816b122a04cc18fd18bef13769ee61a15aead776389fd28bb0e89496210626",
            "1e1fe5480ef69e4433d09bea92f87859ba9ae4b8d817bdbe0188c7ebbd26982d",
            "06810dc22d8bb8a74686775bc13d631480a4495a42541036204606a6a1833951",
            "425cd5dfb3a45eaba5a6fc1afc01a80e8079e194bae4b9490da0f4b16fff18d9",
            "71e7366583328ba37e6900b925e2a86c21f9c4c9cb28b50df7b5ff2ba23868b4",
            "455b33bc8c0dc9ea65c9c695730f514aa439385a8b24608d4b5ce19d9b8dfa00",
        ]
    );
}
