//! What a proof is for: the named parts of its context.

use alloc::string::String;

use assay_protocol::circuit::Kind;
use assay_protocol::context::Context;
use assay_protocol::id::{CircuitId, JobId, ModelId, RequestId};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::fields::Fields;

/// The longest chain id, contract or payee.
const MAX_PART: usize = 128;

/// The chain, contract, subject, slot and payee that a proof is for.
///
/// A proof that is for no chain has empty texts and zeros: see [`unbound`](Self::unbound).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The chain's id.
    pub chain_id: String,
    /// Address of the contract that verifies.
    pub contract: String,
    /// The job, registration or request in that contract.
    pub subject: Subject,
    /// The job's slot; 0 where there are none.
    pub slot: u32,
    /// Who is paid, or who registers.
    pub payee: String,
}

/// What a proof is about on its chain; each kind of statement has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A job, whose worker trained a public model.
    Job(JobId),
    /// The registration of a hidden model.
    Model(ModelId),
    /// A request for a prediction.
    Request(RequestId),
}

impl Subject {
    /// The subject with this number that statements of `kind` have.
    pub fn of(kind: Kind, number: u64) -> Self {
        match kind {
            Kind::TrainingPublic | Kind::TrainingFingerprint => Self::Job(JobId(number)),
            Kind::TrainingHidden => Self::Model(ModelId(number)),
            Kind::PredictionPublic | Kind::PredictionHidden | Kind::PredictionFingerprint => {
                Self::Request(RequestId(number))
            }
        }
    }

    /// Its field's name in a file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Job(_) => "job",
            Self::Model(_) => "model",
            Self::Request(_) => "request",
        }
    }

    /// Its number, which the context hashes.
    pub fn number(self) -> u64 {
        match self {
            Self::Job(JobId(number))
            | Self::Model(ModelId(number))
            | Self::Request(RequestId(number)) => number,
        }
    }
}

impl Assignment {
    /// For a proof that nobody is paid for: no chain, no contract, no payee.
    pub fn unbound(kind: Kind) -> Self {
        Self {
            chain_id: String::new(),
            contract: String::new(),
            subject: Subject::of(kind, 0),
            slot: 0,
            payee: String::new(),
        }
    }

    /// Whether it names no circumstances at all.
    pub fn is_unbound(&self) -> bool {
        let nowhere = self.chain_id.is_empty() && self.contract.is_empty() && self.payee.is_empty();
        nowhere && self.subject.number() == 0 && self.slot == 0
    }

    /// The context that a proof by this circuit has.
    pub fn context(&self, kind: Kind, circuit: CircuitId) -> Context<'_> {
        Context {
            kind,
            chain_id: &self.chain_id,
            contract: &self.contract,
            subject: self.subject.number(),
            slot: self.slot,
            payee: &self.payee,
            circuit,
        }
    }

    /// Reads the assignment of a proof of this kind.
    pub(crate) fn read(value: Value, kind: Kind) -> Result<Self, String> {
        let mut fields = Fields::of(value, "assignment")?;
        let subject = Subject::of(kind, 0).name();
        let assignment = Self {
            chain_id: fields.text("chain_id")?,
            contract: fields.text("contract")?,
            subject: Subject::of(kind, fields.number(subject)?),
            slot: fields.number("slot")?,
            payee: fields.text("payee")?,
        };
        fields.finish()?;
        Ok(assignment)
    }

    /// Checks that the subject is one of this kind, since the context hashes its number
    /// only, and that the texts can't pass for anything else when they are shown.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn check(&self, kind: Kind) -> Result<(), String> {
        if self.subject != Subject::of(kind, self.subject.number()) {
            return Err(alloc::format!("its subject isn't one of the {kind}"));
        }
        let plain = |text: &String| {
            text.len() <= MAX_PART && text.bytes().all(|byte| byte.is_ascii_graphic())
        };
        if ![&self.chain_id, &self.contract, &self.payee]
            .into_iter()
            .all(plain)
        {
            return Err(alloc::format!(
                "chain id, contract and payee have at most {MAX_PART} characters, ASCII without blanks"
            ));
        }
        Ok(())
    }
}

impl Serialize for Assignment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("chain_id", &self.chain_id)?;
        map.serialize_entry("contract", &self.contract)?;
        map.serialize_entry(self.subject.name(), &self.subject.number())?;
        map.serialize_entry("slot", &self.slot)?;
        map.serialize_entry("payee", &self.payee)?;
        map.end()
    }
}
