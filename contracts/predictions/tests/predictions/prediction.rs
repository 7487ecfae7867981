//! Offers and requests for tests, and what a provider proves for them.

use assay_groth16::Scalar;
use assay_predictions::ContractError;
use assay_protocol::challenge::Commitment;
use assay_protocol::circuit::Kind;
use assay_protocol::context::Context;
use assay_protocol::hash::{Tag, hash_bytes};
use assay_protocol::id::{CircuitId, ModelId, OfferId, RequestId, SchemaDigest};
use assay_protocol::messages::model_store::RegisteredModel;
use assay_protocol::messages::predictions::{
    ExecuteMsg, OfferResponse, OfferedModel, Offering, QueryMsg, RequestResponse,
};
use assay_protocol::messages::time::{Deadline, Window};
use assay_protocol::parameters::PublicParameters;
use assay_protocol::prediction::{input_digest, output_digest};
use assay_protocol::statement::{Model, Prediction};
use cosmwasm_std::{Addr, Coin, Response, coin};

use crate::deployment::model_commitment;
use crate::escrow::{BLOB, Escrow, address, root};
use crate::trapdoor::Trapdoor;

pub const OFFER: OfferId = OfferId(1);
pub const REQUEST: RequestId = RequestId(1);
pub const MODEL: ModelId = ModelId(1);
/// Proves predictions of public models, with the key of trapdoor 2.
pub const PUBLIC: CircuitId = CircuitId([6; 32]);
/// Proves predictions of hidden models, with the key of trapdoor 3.
pub const HIDDEN: CircuitId = CircuitId([7; 32]);
pub const SCHEMA: &str = "{}";
pub const INPUT: [u8; 4] = [10, 20, 30, 40];
pub const OUTPUT: [u8; 2] = [1, 0];
/// 50 seconds, of ten seconds a block.
pub const WINDOW: Window = Window {
    seconds: 50,
    blocks: 5,
};

pub fn schema_digest() -> SchemaDigest {
    SchemaDigest(hash_bytes(Tag::Schema, SCHEMA.as_bytes()))
}

/// What to offer; `message` makes it one.
#[derive(Clone, Debug)]
pub struct Offer {
    pub model: OfferedModel,
    pub circuit: CircuitId,
    pub price: Coin,
    pub window: Window,
    pub input_bytes: u32,
    pub output_bytes: u32,
}

impl Offer {
    /// Predictions of the parameters in [`BLOB`] for 100 of a token.
    pub fn public(circuit: CircuitId) -> Self {
        Self {
            model: OfferedModel::Public {
                blob: BLOB,
                schema: SCHEMA.into(),
            },
            circuit,
            price: coin(100, "token"),
            window: WINDOW,
            input_bytes: INPUT.len() as u32,
            output_bytes: OUTPUT.len() as u32,
        }
    }

    /// Predictions of the hidden [`MODEL`] for 100 of a token.
    pub fn hidden(circuit: CircuitId) -> Self {
        Self {
            model: OfferedModel::Hidden { model: MODEL },
            ..Self::public(circuit)
        }
    }

    pub fn message(&self) -> ExecuteMsg {
        let offer = self.clone();
        ExecuteMsg::Offer(Offering {
            model: offer.model,
            circuit: offer.circuit,
            price: offer.price,
            window: offer.window,
            input_bytes: offer.input_bytes,
            output_bytes: offer.output_bytes,
        })
    }
}

/// What a provider proves: that the model maps the request's input to the output.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    pub kind: Kind,
    pub chain_id: &'a str,
    pub escrow: &'a str,
    pub request: RequestId,
    pub slot: u32,
    pub provider: &'a str,
    pub circuit: CircuitId,
    pub model: Model,
    pub schema: SchemaDigest,
    pub input: &'a [u8],
    pub output: &'a [u8],
}

impl Answer<'_> {
    /// The digest of the statement, with the commitment of a proof that has one.
    pub fn digest(&self, commitment: Option<&Commitment>) -> Scalar {
        self.statement().digest(commitment).0
    }

    pub fn statement(&self) -> Prediction {
        let context = Context {
            kind: self.kind,
            chain_id: self.chain_id,
            contract: self.escrow,
            subject: self.request.0,
            slot: self.slot,
            payee: self.provider,
            circuit: self.circuit,
        };
        Prediction {
            context: context.to_scalar(),
            model: self.model,
            schema: self.schema,
            input: input_digest(self.input),
            output: output_digest(self.output),
        }
    }
}

/// The two forms that an offered model has, and what "provider" proves for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Public,
    Hidden,
}

pub const FORMS: [Form; 2] = [Form::Public, Form::Hidden];

impl Form {
    pub fn kind(self) -> Kind {
        match self {
            Self::Public => Kind::PredictionPublic,
            Self::Hidden => Kind::PredictionHidden,
        }
    }

    pub fn offer(self) -> Offer {
        match self {
            Self::Public => Offer::public(PUBLIC),
            Self::Hidden => Offer::hidden(HIDDEN),
        }
    }

    pub fn trapdoor(self) -> Trapdoor {
        match self {
            Self::Public => Trapdoor::new(2),
            Self::Hidden => Trapdoor::new(3),
        }
    }

    pub fn model(self) -> Model {
        match self {
            Self::Public => Model::Public(PublicParameters::Poseidon(root())),
            Self::Hidden => Model::Hidden(model_commitment()),
        }
    }

    /// What "provider" proves for the first request.
    pub fn answer<'a>(self, escrow: &'a Escrow, provider: &'a Addr) -> Answer<'a> {
        Answer {
            kind: self.kind(),
            chain_id: &escrow.env.block.chain_id,
            escrow: escrow.env.contract.address.as_str(),
            request: REQUEST,
            slot: 0,
            provider: provider.as_str(),
            circuit: self.offer().circuit,
            model: self.model(),
            schema: schema_digest(),
            input: &INPUT,
            output: &OUTPUT,
        }
    }

    /// A valid proof by "provider" for the first request.
    pub fn proof(self, escrow: &Escrow) -> Vec<u8> {
        let provider = address("provider");
        let digest = self.answer(escrow, &provider).digest(None);
        self.trapdoor().prove(digest, 0)
    }
}

impl Escrow {
    /// An escrow with circuits for predictions and a hidden model of "provider".
    pub fn market() -> Self {
        let escrow = Self::new();
        for form in FORMS {
            let (circuit, key) = (form.offer().circuit, form.trapdoor());
            let registries = &escrow.registries;
            registries.add_circuit(circuit, form.kind(), &key, false);
        }
        let owner = address("provider");
        let model = RegisteredModel {
            commitment: model_commitment(),
            schema: schema_digest(),
            owner: owner.as_str(),
        };
        escrow.registries.add_model(MODEL, &model);
        escrow
    }

    /// One offer by "provider".
    pub fn offering(offer: &Offer) -> Self {
        let mut escrow = Self::market();
        escrow.send("provider", &[], offer.message()).unwrap();
        escrow
    }

    /// One offer by "provider", and a request by "requester".
    pub fn requested(form: Form) -> Self {
        let offer = form.offer();
        let mut escrow = Self::offering(&offer);
        escrow.ask_for("requester", &[offer.price]).unwrap();
        escrow
    }

    /// Sends a request for the first offer.
    pub fn ask_for(&mut self, sender: &str, funds: &[Coin]) -> Result<Response, ContractError> {
        self.send(sender, funds, request(&INPUT, false))
    }

    pub fn offer(&self) -> OfferResponse {
        self.ask(QueryMsg::Offer { offer: OFFER }).unwrap()
    }

    pub fn request(&self, request: RequestId) -> RequestResponse {
        self.ask(QueryMsg::Request { request }).unwrap()
    }

    /// The deadline of the first request.
    pub fn request_deadline(&self) -> Deadline {
        self.request(REQUEST).deadline
    }
}

/// A request for the first offer.
pub fn request(input: &[u8], prepaid: bool) -> ExecuteMsg {
    ExecuteMsg::Request {
        offer: OFFER,
        input: input.into(),
        prepaid,
        requester: None,
    }
}

/// The answer to the first request.
pub fn fulfil(proof: Vec<u8>) -> ExecuteMsg {
    fulfil_with(REQUEST, &OUTPUT, proof)
}

pub fn fulfil_with(request: RequestId, output: &[u8], proof: Vec<u8>) -> ExecuteMsg {
    ExecuteMsg::Fulfil {
        request,
        output: output.into(),
        proof: proof.into(),
    }
}

/// Takes the first request back.
pub fn reclaim() -> ExecuteMsg {
    ExecuteMsg::Reclaim { request: REQUEST }
}

pub fn close() -> ExecuteMsg {
    ExecuteMsg::CloseOffer { offer: OFFER }
}
