//! Answers: what their proofs are bound to, and what is no proof.

use assay_groth16::{Error, Scalar};
use assay_predictions::ContractError;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{CircuitId, ModelCommitment, ParametersRoot, RequestId, SchemaDigest};
use assay_protocol::messages::predictions::{RequestState, output_key};
use assay_protocol::parameters::PublicParameters;
use assay_protocol::statement::Model;
use cosmwasm_std::{Binary, Storage, coin, coins};

use crate::escrow::{Escrow, address, event, transfers};
use crate::prediction::{
    Answer, FORMS, Form, INPUT, OUTPUT, REQUEST, fulfil, fulfil_with, request,
};
use crate::trapdoor::Trapdoor;

#[test]
fn a_valid_answer_pays_the_provider_whoever_sends_it() {
    for form in FORMS {
        for sender in ["provider", "requester", "stranger"] {
            let mut escrow = Escrow::requested(form);
            let proof = form.proof(&escrow);
            let response = escrow.send(sender, &[], fulfil(proof)).unwrap();
            let paid = (address("provider").into_string(), coin(100, "token"));
            assert_eq!(transfers(&response), [paid]);
        }
    }
}

#[test]
fn an_answer_can_be_asked_for_and_read_raw() {
    let mut escrow = Escrow::requested(Form::Hidden);
    let proof = Form::Hidden.proof(&escrow);
    escrow.send("provider", &[], fulfil(proof)).unwrap();
    let answered = escrow.request(REQUEST);
    assert_eq!(answered.state, RequestState::Answered {});
    assert_eq!(answered.output, Some(Binary::from(OUTPUT)));
    let raw = escrow.deps.storage.get(&output_key(REQUEST));
    assert_eq!(raw, Some(OUTPUT.to_vec()));
}

/// The error for a valid proof of a statement that differs by `change`.
fn refused(form: Form, change: impl FnOnce(&mut Answer)) -> ContractError {
    let mut escrow = Escrow::requested(form);
    let original = Escrow::requested(form);
    let provider = address("provider");
    let mut answer = form.answer(&original, &provider);
    let digest = answer.digest(None);
    change(&mut answer);
    assert_ne!(answer.digest(None), digest);
    let proof = form.trapdoor().prove(answer.digest(None), 0);
    let error = escrow.send("provider", &[], fulfil(proof)).unwrap_err();
    assert_eq!(escrow.request(REQUEST), original.request(REQUEST));
    error
}

fn is_refused_by_the_equation(error: &ContractError) -> bool {
    matches!(error, ContractError::Groth16(Error::EquationFails))
}

#[test]
fn an_answer_for_other_circumstances_is_refused() {
    let other = Scalar::from(1);
    let changes: [&dyn Fn(&mut Answer); 11] = [
        &|answer| answer.kind = Kind::TrainingPublic,
        &|answer| answer.chain_id = "another-chain",
        &|answer| answer.escrow = "another escrow",
        &|answer| answer.request = RequestId(2),
        &|answer| answer.slot = 1,
        &|answer| answer.provider = "thief",
        &|answer| answer.circuit = CircuitId([9; 32]),
        &|answer| answer.model = Model::Public(PublicParameters::Poseidon(ParametersRoot(other))),
        &|answer| answer.model = Model::Hidden(ModelCommitment(other)),
        &|answer| answer.schema = SchemaDigest(other),
        &|answer| answer.input = &[10, 20, 30, 41],
    ];
    for form in FORMS {
        for change in changes {
            assert!(is_refused_by_the_equation(&refused(form, change)));
        }
    }
}

const OTHER_OUTPUTS: [&[u8]; 4] = [&[1, 1], &[0, 0], &[1], &[1, 0, 0]];

#[test]
fn a_proof_of_another_output_is_refused() {
    for form in FORMS {
        for output in OTHER_OUTPUTS {
            let error = refused(form, |answer| answer.output = output);
            assert!(is_refused_by_the_equation(&error));
        }
    }
}

#[test]
fn another_output_with_the_proof_of_the_right_one_is_refused() {
    let mut escrow = Escrow::requested(Form::Public);
    let proof = Form::Public.proof(&escrow);
    let message = fulfil_with(REQUEST, &[0, 1], proof);
    let error = escrow.send("provider", &[], message).unwrap_err();
    assert!(is_refused_by_the_equation(&error));
}

#[test]
fn a_public_and_a_hidden_model_of_one_element_are_not_the_same() {
    let error = refused(Form::Public, |answer| {
        answer.model = Model::Hidden(ModelCommitment(Form::Public.model().element()));
    });
    assert!(is_refused_by_the_equation(&error));
}

#[test]
fn an_output_of_another_length_is_refused() {
    for output in [&[][..], &[1], &[1, 0, 0]] {
        let mut escrow = Escrow::requested(Form::Public);
        let proof = Form::Public.proof(&escrow);
        let message = fulfil_with(REQUEST, output, proof);
        let error = escrow.send("provider", &[], message).unwrap_err();
        let len = output.len();
        assert!(
            matches!(error, ContractError::OutputLength { len: l, expected: 2, .. } if l == len)
        );
    }
}

#[test]
fn an_answer_under_another_key_is_refused() {
    let mut escrow = Escrow::requested(Form::Public);
    let provider = address("provider");
    let digest = Form::Public.answer(&escrow, &provider).digest(None);
    for other in [Form::Hidden.trapdoor(), Trapdoor::new(9)] {
        let proof = other.prove(digest, 0);
        let error = escrow.send("provider", &[], fulfil(proof)).unwrap_err();
        assert!(is_refused_by_the_equation(&error));
    }
}

#[test]
fn an_answer_without_a_proof_is_refused() {
    let proof = Form::Public.proof(&Escrow::requested(Form::Public));
    let mut off_curve = proof.clone();
    off_curve[47] ^= 1;
    let longer = [&proof[..], &[0]].concat();
    for (proof, expected) in [
        (vec![], Error::ProofLength { len: 0 }),
        (longer, Error::ProofLength { len: 193 }),
        (off_curve, Error::MalformedProof),
        (vec![0; 192], Error::MalformedProof),
    ] {
        let error = Escrow::requested(Form::Public).send("provider", &[], fulfil(proof));
        assert!(matches!(error, Err(ContractError::Groth16(e)) if e == expected));
    }
}

#[test]
fn an_answer_to_another_requesters_request_is_refused() {
    let mut escrow = Escrow::requested(Form::Public);
    escrow.ask_for("rival", &coins(100, "token")).unwrap();
    let (first, second) = (escrow.request(REQUEST), escrow.request(RequestId(2)));
    assert_eq!(first.input, second.input);
    let proof = Form::Public.proof(&escrow);
    let message = fulfil_with(RequestId(2), &OUTPUT, proof.clone());
    let error = escrow.send("provider", &[], message).unwrap_err();
    assert!(is_refused_by_the_equation(&error));
    escrow.send("provider", &[], fulfil(proof)).unwrap();
    assert_eq!(escrow.request(RequestId(2)), second);
}

#[test]
fn an_answer_to_another_input_is_refused() {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    let message = request(&[INPUT[0], INPUT[1], INPUT[2], 0], false);
    escrow
        .send("requester", &coins(100, "token"), message)
        .unwrap();
    let proof = Form::Public.proof(&escrow);
    let error = escrow.send("provider", &[], fulfil(proof)).unwrap_err();
    assert!(is_refused_by_the_equation(&error));
}

#[test]
fn a_re_randomised_answer_pays_no_second_time() {
    let mut escrow = Escrow::requested(Form::Hidden);
    let provider = address("provider");
    let digest = Form::Hidden.answer(&escrow, &provider).digest(None);
    let [first, second] =
        [0, 1].map(|randomness| Form::Hidden.trapdoor().prove(digest, randomness));
    assert_ne!(first, second);
    escrow.send("provider", &[], fulfil(first)).unwrap();
    let error = escrow.send("provider", &[], fulfil(second)).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Ended {
            request: REQUEST,
            state: "answered"
        }
    ));
}

#[test]
fn a_request_that_was_never_made_cannot_be_answered() {
    let mut escrow = Escrow::offering(&Form::Public.offer());
    let proof = Form::Public.proof(&escrow);
    let error = escrow.send("provider", &[], fulfil(proof)).unwrap_err();
    assert!(matches!(
        error,
        ContractError::UnknownRequest { request: REQUEST }
    ));
}

#[test]
fn the_response_names_request_offer_and_provider() {
    let mut escrow = Escrow::requested(Form::Public);
    let proof = Form::Public.proof(&escrow);
    let response = escrow.send("stranger", &[], fulfil(proof)).unwrap();
    let attributes = &event(&response).attributes;
    let pairs = attributes
        .iter()
        .map(|a| (a.key.as_str(), a.value.as_str()));
    let (provider, requester) = (address("provider"), address("requester"));
    let expected = [
        ("request_id", "1"),
        ("offer_id", "1"),
        ("provider", provider.as_str()),
        ("requester", requester.as_str()),
        ("price", "100token"),
    ];
    assert_eq!(pairs.collect::<Vec<_>>(), expected);
}
