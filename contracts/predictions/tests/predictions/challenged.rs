//! Answers under keys with challenges: which proofs pay, and which don't.

use assay_groth16::{Error, Scalar};
use assay_predictions::ContractError;
use assay_protocol::hash::Tag;
use assay_protocol::messages::predictions::RequestState;
use cosmwasm_std::coin;

use crate::challenges::{forgeries, valid};
use crate::escrow::{Escrow, address, transfers};
use crate::prediction::{FORMS, Form, REQUEST, fulfil};
use crate::trapdoor::Trapdoor;

/// [`valid`] or [`forgeries`].
type Attempts<T> = fn(&Trapdoor, Tag, &[Scalar]) -> T;

/// The key of a form's circuit with challenges.
fn key(form: Form) -> Trapdoor {
    match form {
        Form::Public => Trapdoor::challenged(2),
        Form::Hidden => Trapdoor::challenged(3),
    }
}

/// An escrow with a request, whose circuit has challenges.
fn requested(form: Form) -> Escrow {
    let escrow = Escrow::requested(form);
    let circuit = form.offer().circuit;
    escrow
        .registries
        .add_circuit(circuit, form.kind(), &key(form), false);
    escrow
}

/// A valid answer for [`requested`], or forgeries of one.
fn answers<T>(form: Form, attempts: Attempts<T>) -> T {
    let (escrow, provider) = (requested(form), address("provider"));
    let elements = form.answer(&escrow, &provider).statement().elements();
    attempts(&key(form), form.kind().tag(), &elements)
}

fn refusal(error: ContractError) -> Error {
    match error {
        ContractError::Groth16(error) => error,
        other => panic!("{other}"),
    }
}

#[test]
fn an_answer_with_challenges_pays_the_provider() {
    for form in FORMS {
        let response = requested(form).send("stranger", &[], fulfil(answers(form, valid).proof));
        let paid = (address("provider").into_string(), coin(100, "token"));
        assert_eq!(transfers(&response.unwrap()), [paid]);
    }
}

#[test]
fn an_answer_whose_challenges_are_not_its_own_is_refused() {
    for form in FORMS {
        let mut escrow = requested(form);
        for attempt in answers(form, forgeries) {
            attempt.assert_holds(&key(form));
            let name = attempt.name;
            let error = escrow.send("provider", &[], fulfil(attempt.proof));
            assert_eq!(refusal(error.unwrap_err()), Error::EquationFails, "{name}");
            assert_eq!(escrow.request(REQUEST).state, RequestState::Open {});
        }
        let proof = answers(form, valid).proof;
        escrow.send("provider", &[], fulfil(proof)).unwrap();
    }
}

#[test]
fn an_answer_without_a_commitment_is_refused_where_the_circuit_has_challenges() {
    for form in FORMS {
        let (mut escrow, mut plain) = (requested(form), Escrow::requested(form));
        let proof = form.proof(&plain);
        let error = escrow.send("provider", &[], fulfil(proof)).unwrap_err();
        assert_eq!(refusal(error), Error::ProofKind);
        let proof = answers(form, valid).proof;
        let error = plain.send("provider", &[], fulfil(proof)).unwrap_err();
        assert_eq!(refusal(error), Error::ProofKind);
    }
}

#[test]
fn a_malformed_commitment_of_an_answer_is_refused() {
    let form = Form::Hidden;
    let valid = answers(form, valid).proof;
    let mut identity = valid.clone();
    identity[192..].fill(0);
    identity[192] = 0xc0;
    let mut off_curve = valid.clone();
    off_curve[239] ^= 1;
    for proof in [identity, off_curve] {
        let error = requested(form).send("provider", &[], fulfil(proof));
        assert_eq!(refusal(error.unwrap_err()), Error::MalformedProof);
    }
    let error = requested(form).send("provider", &[], fulfil(valid[..239].to_vec()));
    let expected = Error::ProofLength { len: 239 };
    assert_eq!(refusal(error.unwrap_err()), expected);
}
