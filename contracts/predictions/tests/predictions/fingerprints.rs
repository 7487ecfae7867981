//! Answers about parameters that are bound by their fingerprint.

use assay_escrow::Error as EscrowError;
use assay_groth16::{Error, Scalar};
use assay_predictions::ContractError;
use assay_protocol::circuit::Kind;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::messages::model_store::hashed_blob_key;
use assay_protocol::messages::predictions::{ExecuteMsg, FixedModel};
use assay_protocol::parameters::{PublicParameters, digest};
use assay_protocol::statement::{Model, digest_of_kind};
use assay_registries::Error as Refusal;
use cosmwasm_std::coin;

use crate::escrow::{BLOB, Escrow, address, transfers};
use crate::prediction::{Form, fulfil, reclaim};
use crate::trapdoor::Trapdoor;

/// Four limbs of large numbers, and bytes of a fifth one.
fn parameters() -> Vec<u8> {
    (0..125).map(|i| 1 + (i * 37 % 250) as u8).collect()
}

#[track_caller]
fn assert_equation_fails(error: ContractError) {
    assert!(
        matches!(error, ContractError::Groth16(Error::EquationFails)),
        "{error}"
    );
}

const KIND: Kind = Kind::PredictionFingerprint;

fn key() -> Trapdoor {
    Trapdoor::challenged(2)
}

/// An offer of a public model by a circuit with a fingerprint, and one request.
fn requested() -> Escrow {
    let mut escrow = Escrow::market();
    let offer = Form::Public.offer();
    let registries = &escrow.registries;
    registries.add_circuit(offer.circuit, KIND, &key(), false);
    registries.add_hashed_blob(BLOB, &parameters());
    escrow.send("provider", &[], offer.message()).unwrap();
    escrow.ask_for("requester", &[offer.price]).unwrap();
    escrow
}

/// An answer to the request, whose proof has this fingerprint.
fn answer(escrow: &Escrow, value: impl Fn(Scalar) -> Scalar) -> ExecuteMsg {
    let provider = address("provider");
    let mut answer = Form::Public.answer(escrow, &provider);
    let named = PublicParameters::Sha256(digest(&parameters()));
    (answer.kind, answer.model) = (KIND, Model::Public(named));
    let elements = answer.statement().elements();
    let evaluate = |point| Ok::<_, ()>(value(point));
    let commitment = key().commitment(0);
    let digest = digest_of_kind(KIND, &elements, commitment.as_ref(), evaluate).unwrap();
    fulfil(key().prove(digest.0, 0))
}

#[test]
fn an_answer_of_a_model_with_a_fingerprint_pays_the_provider() {
    let mut escrow = requested();
    let named = PublicParameters::Sha256(digest(&parameters()));
    let fixed = escrow.offer().terms.model;
    assert!(matches!(fixed, FixedModel::Public { parameters, .. } if parameters == named));
    let wrong = answer(&escrow, |point| fingerprint(&parameters(), point).double());
    assert_equation_fails(escrow.send("provider", &[], wrong).unwrap_err());
    let right = answer(&escrow, |point| fingerprint(&parameters(), point));
    let response = escrow.send("stranger", &[], right).unwrap();
    let paid = (address("provider").into_string(), coin(100, "token"));
    assert_eq!(transfers(&response), [paid]);
}

#[test]
fn a_model_that_nobody_keeps_any_more_costs_its_requesters_only_the_wait() {
    let mut escrow = requested();
    let right = answer(&escrow, |point| fingerprint(&parameters(), point));
    let key = hashed_blob_key(BLOB);
    escrow.registries.write("model store", key, vec![]);
    let error = escrow.send("provider", &[], right).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Escrow(EscrowError::Registry(Refusal::NoSuchBlob {
            blob: BLOB,
            ..
        }))
    ));
    escrow.go_to(escrow.request_deadline(), 0, 0);
    let response = escrow.send("stranger", &[], reclaim()).unwrap();
    let refund = (address("requester").into_string(), coin(100, "token"));
    assert_eq!(transfers(&response), [refund]);
}
