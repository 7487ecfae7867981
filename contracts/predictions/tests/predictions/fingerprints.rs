//! Answers about parameters that are bound by their fingerprint.

use assay_groth16::{Error, Scalar};
use assay_predictions::ContractError;
use assay_protocol::circuit::Kind;
use assay_protocol::fingerprint::fingerprint;
use assay_protocol::messages::predictions::FixedModel;
use assay_protocol::parameters::{PublicParameters, digest};
use assay_protocol::statement::digest_of_kind;
use cosmwasm_std::coin;

use crate::escrow::{BLOB, Escrow, address, transfers};
use crate::prediction::{Form, fulfil};
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

/// An offer of a public model by a circuit with a fingerprint, and one request.
#[test]
fn an_answer_of_a_model_with_a_fingerprint_pays_the_provider() {
    let kind = Kind::PredictionFingerprint;
    let (blob, key) = (parameters(), Trapdoor::challenged(2));
    let mut escrow = Escrow::market();
    let offer = Form::Public.offer();
    escrow
        .registries
        .add_circuit(offer.circuit, kind, &key, false);
    escrow.registries.add_hashed_blob(BLOB, &blob);
    escrow.send("provider", &[], offer.message()).unwrap();
    let named = PublicParameters::Sha256(digest(&blob));
    let fixed = escrow.offer().terms.model;
    assert!(matches!(fixed, FixedModel::Public { parameters, .. } if parameters == named));
    escrow.ask_for("requester", &[offer.price]).unwrap();

    let provider = address("provider");
    let mut answer = Form::Public.answer(&escrow, &provider);
    answer.kind = kind;
    answer.model = assay_protocol::statement::Model::Public(named);
    let elements = answer.statement().elements();
    let commitment = key.commitment(0);
    let with = |value: &dyn Fn(Scalar) -> Scalar| {
        let evaluate = |point| Ok::<_, ()>(value(point));
        let digest = digest_of_kind(kind, &elements, commitment.as_ref(), evaluate).unwrap();
        fulfil(key.prove(digest.0, 0))
    };
    let wrong = with(&|point| fingerprint(&blob, point).double());
    assert_equation_fails(escrow.send("provider", &[], wrong).unwrap_err());
    let right = with(&|point| fingerprint(&blob, point));
    let response = escrow.send("stranger", &[], right).unwrap();
    assert_eq!(
        transfers(&response),
        [(provider.into_string(), coin(100, "token"))]
    );
}
