//! Making offers, and closing them.

use assay_deadlines::Error as Clock;
use assay_escrow::Error as EscrowError;
use assay_groth16::Scalar;
use assay_predictions::ContractError;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{BlobId, CircuitId, ModelCommitment, ModelId, ParametersRoot};
use assay_protocol::messages::dataset_registry::MAX_SCHEMA_BYTES;
use assay_protocol::messages::model_store::RegisteredModel;
use assay_protocol::messages::predictions::{FixedModel, OfferedModel};
use assay_protocol::messages::time::{MAX_WINDOW_BLOCKS, MAX_WINDOW_SECONDS, Window};
use assay_protocol::parameters::PublicParameters;
use assay_protocol::prediction::{MAX_INPUT_BYTES, MAX_OUTPUT_BYTES};
use assay_registries::Error as Refusal;
use cosmwasm_std::{Storage, Uint256};

use crate::deployment::model_commitment;
use crate::escrow::{BLOB, CIRCUIT, Escrow, address, attribute, instantiation, root};
use crate::prediction::{FORMS, Form, HIDDEN, MODEL, Offer, PUBLIC, SCHEMA, WINDOW, schema_digest};

fn made_by(sender: &str, offer: &Offer) -> Result<Escrow, ContractError> {
    let mut escrow = Escrow::market();
    escrow.send(sender, &[], offer.message())?;
    Ok(escrow)
}

/// The error for an offer after `change`.
fn refused(form: Form, change: impl FnOnce(&mut Offer)) -> ContractError {
    let mut offer = form.offer();
    change(&mut offer);
    match made_by("provider", &offer) {
        Err(error) => error,
        Ok(_) => panic!("{offer:?} was made"),
    }
}

#[test]
fn the_terms_of_an_offer_are_fixed_when_it_is_made() {
    for form in FORMS {
        let made = made_by("provider", &form.offer()).unwrap().offer();
        assert!(!made.closed);
        let (terms, offer) = (made.terms, form.offer());
        assert_eq!(terms.provider, address("provider").as_str());
        assert_eq!(terms.schema, schema_digest());
        assert_eq!((terms.circuit, terms.price), (offer.circuit, offer.price));
        assert_eq!(terms.window, WINDOW);
        assert_eq!((terms.input_bytes, terms.output_bytes), (4, 2));
    }
}

#[test]
fn an_offer_fixes_root_or_commitment() {
    let public = made_by("provider", &Form::Public.offer()).unwrap().offer();
    let (blob, parameters) = (BLOB, PublicParameters::Poseidon(root()));
    assert_eq!(public.terms.model, FixedModel::Public { blob, parameters });
    assert_eq!(public.schema.as_deref(), Some(SCHEMA));
    let hidden = made_by("provider", &Form::Hidden.offer()).unwrap().offer();
    let (model, commitment) = (MODEL, model_commitment());
    assert_eq!(hidden.terms.model, FixedModel::Hidden { model, commitment });
    assert_eq!(hidden.schema, None);
}

#[test]
fn an_offer_stays_as_it_is_even_if_a_store_changed() {
    for form in FORMS {
        let escrow = made_by("provider", &form.offer()).unwrap();
        let before = escrow.offer();
        let other = Scalar::from(1);
        escrow.registries.add_blob(BLOB, ParametersRoot(other));
        let model = RegisteredModel {
            commitment: ModelCommitment(other),
            schema: schema_digest(),
            owner: "somebody else",
        };
        escrow.registries.add_model(MODEL, &model);
        assert_eq!(escrow.offer(), before);
    }
}

#[test]
fn only_its_owner_can_offer_a_hidden_model_and_anyone_a_public_one() {
    let owner = address("provider").into_string();
    let error = made_by("stranger", &Form::Hidden.offer()).err().unwrap();
    assert!(matches!(error, ContractError::NotOwner { model: MODEL, owner: o } if o == owner));
    let escrow = made_by("stranger", &Form::Public.offer()).unwrap();
    let stranger = address("stranger").into_string();
    assert_eq!(escrow.offer().terms.provider, stranger);
}

#[test]
fn a_model_needs_a_circuit_of_its_own_kind() {
    let hidden = OfferedModel::Hidden { model: MODEL };
    let error = refused(Form::Public, |offer| offer.model = hidden);
    let wrong_kind = |error, id| matches!(error, ContractError::Escrow(EscrowError::Registry(Refusal::WrongKind { circuit, .. })) if circuit == id);
    assert!(wrong_kind(error, PUBLIC));
    let error = refused(Form::Public, |offer| offer.circuit = HIDDEN);
    assert!(wrong_kind(error, HIDDEN));
    for form in FORMS {
        let error = refused(form, |offer| offer.circuit = CIRCUIT);
        assert!(wrong_kind(error, CIRCUIT));
    }
}

#[test]
fn offers_with_development_keys_need_an_escrow_that_allows_them() {
    for (form, allowed) in [(Form::Public, false), (Form::Hidden, true)] {
        let mut escrow = Escrow::blank();
        let mut msg = instantiation();
        msg.allow_development_keys = allowed;
        escrow.instantiate(msg).unwrap();
        let market = Escrow::market();
        escrow.deps.querier = market.deps.querier;
        let (circuit, key) = (form.offer().circuit, form.trapdoor());
        market
            .registries
            .add_circuit(circuit, form.kind(), &key, true);
        match escrow.send("provider", &[], form.offer().message()) {
            Ok(_) => assert!(allowed),
            Err(ContractError::Escrow(EscrowError::Registry(Refusal::DevelopmentKey {
                circuit: c,
            }))) => {
                assert!(!allowed && c == circuit);
            }
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn an_escrow_with_an_admin_takes_no_offers() {
    for form in FORMS {
        let mut escrow = Escrow::market();
        escrow.registries.set_admin_of(&escrow.env.contract.address);
        let error = escrow.send("provider", &[], form.offer().message());
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::Registry(
                Refusal::HasAdmin { name: "escrow", .. }
            )))
        ));
    }
}

#[test]
fn a_price_of_nothing_or_in_no_denomination_is_refused() {
    let error = refused(Form::Public, |offer| offer.price.amount = Uint256::zero());
    assert!(matches!(
        error,
        ContractError::Escrow(EscrowError::ZeroAmount { name: "price", .. })
    ));
    let error = refused(Form::Public, |offer| offer.price.denom = "a b c".into());
    assert!(matches!(
        error,
        ContractError::Escrow(EscrowError::Denomination { name: "price", .. })
    ));
}

#[test]
fn the_window_of_an_offer_has_a_least_and_a_greatest_length() {
    let bad = [
        (0, MAX_WINDOW_BLOCKS + 1),
        (MAX_WINDOW_SECONDS + 1, 0),
        (u64::MAX, u64::MAX),
    ];
    for (seconds, blocks) in bad {
        for window in [Window { seconds, ..WINDOW }, Window { blocks, ..WINDOW }] {
            let error = refused(Form::Public, |offer| offer.window = window);
            assert!(matches!(
                error,
                ContractError::Escrow(EscrowError::Deadline(Clock::Window { name: "answer", .. }))
            ));
        }
    }
    let (seconds, blocks) = (86_400, 1);
    let error = refused(Form::Public, |offer| {
        offer.window = Window { seconds, blocks }
    });
    assert!(matches!(
        error,
        ContractError::Escrow(EscrowError::Deadline(Clock::BlockTime {
            name: "answer",
            ..
        }))
    ));
    let (seconds, blocks) = (MAX_WINDOW_SECONDS, MAX_WINDOW_BLOCKS);
    let mut offer = Form::Public.offer();
    offer.window = Window { seconds, blocks };
    made_by("provider", &offer).unwrap();
}

#[test]
fn inputs_and_outputs_have_a_least_and_a_greatest_size() {
    for bytes in [0, MAX_INPUT_BYTES as u32 + 1, u32::MAX] {
        let error = refused(Form::Hidden, |offer| offer.input_bytes = bytes);
        assert!(matches!(error, ContractError::Size { name: "input", .. }));
    }
    for bytes in [0, MAX_OUTPUT_BYTES as u32 + 1, u32::MAX] {
        let error = refused(Form::Hidden, |offer| offer.output_bytes = bytes);
        assert!(matches!(error, ContractError::Size { name: "output", .. }));
    }
    let mut offer = Form::Hidden.offer();
    (offer.input_bytes, offer.output_bytes) = (MAX_INPUT_BYTES as u32, MAX_OUTPUT_BYTES as u32);
    made_by("provider", &offer).unwrap();
}

#[test]
fn text_that_can_be_no_schema_is_refused() {
    let object = |len: usize| format!("{{{}}}", "x".repeat(len - 2));
    for schema in ["", "{", "[]", " {}", "{}\n", &object(MAX_SCHEMA_BYTES + 1)] {
        let len = schema.len();
        let schema = schema.to_owned();
        let error = refused(Form::Public, |offer| {
            offer.model = OfferedModel::Public { blob: BLOB, schema };
        });
        assert!(matches!(error, ContractError::SchemaText { len: l } if l == len));
    }
    let mut offer = Form::Public.offer();
    let schema = object(MAX_SCHEMA_BYTES);
    offer.model = OfferedModel::Public { blob: BLOB, schema };
    made_by("provider", &offer).unwrap();
}

#[test]
fn what_is_not_registered_cannot_be_offered() {
    let (blob, schema) = (BlobId(9), SCHEMA.into());
    let error = refused(Form::Public, |offer| {
        offer.model = OfferedModel::Public { blob, schema };
    });
    assert!(
        matches!(error, ContractError::Escrow(EscrowError::Registry(Refusal::NoSuchBlob { blob: b, .. })) if b == blob)
    );
    let model = ModelId(9);
    let error = refused(Form::Hidden, |offer| {
        offer.model = OfferedModel::Hidden { model };
    });
    assert!(
        matches!(error, ContractError::Escrow(EscrowError::Registry(Refusal::UnknownModel { model: m })) if m == model)
    );
    for form in FORMS {
        let circuit = CircuitId([9; 32]);
        let error = refused(form, |offer| offer.circuit = circuit);
        assert!(
            matches!(error, ContractError::Escrow(EscrowError::Registry(Refusal::UnknownCircuit { circuit: c })) if c == circuit)
        );
    }
}

#[test]
fn a_model_that_no_store_writes_cannot_be_offered() {
    let key = assay_protocol::messages::model_store::registered_model(MODEL);
    for len in [1, 63, 64] {
        let mut escrow = Escrow::market();
        let bytes = vec![0; len];
        escrow.registries.write("model store", key.clone(), bytes);
        let error = escrow.send("provider", &[], Form::Hidden.offer().message());
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::Registry(
                Refusal::UnknownModel { .. }
            )))
        ));
    }
}

#[test]
fn offer_ids_are_given_in_order_and_never_wrap() {
    let mut escrow = Escrow::market();
    let message = Form::Public.offer().message();
    for expected in 1..=3 {
        let response = escrow.send("provider", &[], message.clone()).unwrap();
        assert_eq!(attribute(&response, "offer_id"), expected.to_string());
    }
    let last = u64::MAX.to_string();
    escrow.deps.storage.set(b"last_offer", last.as_bytes());
    let error = escrow.send("provider", &[], message);
    assert!(matches!(
        error,
        Err(ContractError::Escrow(EscrowError::IdsExhausted {
            of: "offer"
        }))
    ));
}

#[test]
fn a_kind_is_what_the_registry_says() {
    let mut escrow = Escrow::market();
    let key = Form::Public.trapdoor();
    escrow
        .registries
        .add_circuit(PUBLIC, Kind::TrainingHidden, &key, false);
    let error = escrow.send("provider", &[], Form::Public.offer().message());
    assert!(matches!(
        error,
        Err(ContractError::Escrow(EscrowError::Registry(
            Refusal::WrongKind { .. }
        )))
    ));
}
