//! Why a message is refused.

/// One reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each says what it is")]
pub enum Refusal {
    // Money.
    CannotPay,
    CannotBePaid,
    TakesNoFunds,
    WrongFunds,
    NoFunds,
    FalseToken,
    ZeroAmount,
    Overflow,
    Denomination,
    TwoTokens,
    NotEnoughPrepaid,
    NoCredit,
    NotCreditor,
    ToItself,
    NoAddress,
    // Time.
    Window,
    TooLate,
    TooEarly,
    NotLater,
    // Jobs.
    Slots,
    UnknownJob,
    UnknownSlot,
    SlotState,
    NotAllowed,
    HeldBefore,
    HandOverKey,
    NotPinned,
    // What is read from other contracts.
    UnknownDataset,
    DeprecatedDataset,
    Price,
    UnknownCircuit,
    CircuitKind,
    NoParameters,
    NotEvaluated,
    UnknownModel,
    BadProof,
    // Predictions.
    SchemaText,
    Size,
    NotModelOwner,
    UnknownOffer,
    NotProvider,
    ClosedOffer,
    InputLength,
    OutputLength,
    UnknownRequest,
    EndedRequest,
    // Blobs.
    BlobLength,
    UnknownBlob,
    NotUploader,
    NotFinalised,
    Finalised,
    Aborting,
    Dead,
    NotDead,
    NoSuchChunk,
    ChunkLength,
    ChunkStored,
    ChunkMissing,
    Incomplete,
    PinnedAlready,
    // Datasets.
    NotOwner,
    NotOffered,
    Royalty,
    Successor,
}

impl Refusal {
    /// Every reason.
    pub const ALL: [Self; 64] = [
        Self::CannotPay,
        Self::CannotBePaid,
        Self::TakesNoFunds,
        Self::WrongFunds,
        Self::NoFunds,
        Self::FalseToken,
        Self::ZeroAmount,
        Self::Overflow,
        Self::Denomination,
        Self::TwoTokens,
        Self::NotEnoughPrepaid,
        Self::NoCredit,
        Self::NotCreditor,
        Self::ToItself,
        Self::NoAddress,
        Self::Window,
        Self::TooLate,
        Self::TooEarly,
        Self::NotLater,
        Self::Slots,
        Self::UnknownJob,
        Self::UnknownSlot,
        Self::SlotState,
        Self::NotAllowed,
        Self::HeldBefore,
        Self::HandOverKey,
        Self::NotPinned,
        Self::UnknownDataset,
        Self::DeprecatedDataset,
        Self::Price,
        Self::UnknownCircuit,
        Self::CircuitKind,
        Self::NoParameters,
        Self::NotEvaluated,
        Self::UnknownModel,
        Self::BadProof,
        Self::SchemaText,
        Self::Size,
        Self::NotModelOwner,
        Self::UnknownOffer,
        Self::NotProvider,
        Self::ClosedOffer,
        Self::InputLength,
        Self::OutputLength,
        Self::UnknownRequest,
        Self::EndedRequest,
        Self::BlobLength,
        Self::UnknownBlob,
        Self::NotUploader,
        Self::NotFinalised,
        Self::Finalised,
        Self::Aborting,
        Self::Dead,
        Self::NotDead,
        Self::NoSuchChunk,
        Self::ChunkLength,
        Self::ChunkStored,
        Self::ChunkMissing,
        Self::Incomplete,
        Self::PinnedAlready,
        Self::NotOwner,
        Self::NotOffered,
        Self::Royalty,
        Self::Successor,
    ];
}

/// Every reason that holds, at least one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusals(Vec<Refusal>);

/// What a message comes to.
pub type Verdict<T> = Result<T, Refusals>;

impl Refusals {
    /// Notes a reason if it holds.
    pub fn when(&mut self, holds: bool, reason: Refusal) {
        if holds {
            self.0.push(reason);
        }
    }

    /// Notes the reasons of a part; returns the part if there are none.
    pub fn take<T>(&mut self, part: Verdict<T>) -> Option<T> {
        match part {
            Ok(part) => Some(part),
            Err(reasons) => {
                self.0.extend(reasons.0);
                None
            }
        }
    }

    /// Taken, if no reason holds.
    ///
    /// # Errors
    /// The reasons.
    pub fn verdict(self) -> Verdict<()> {
        self.0.is_empty().then_some(()).ok_or(self)
    }

    /// The same for a part that is there if no reason holds.
    ///
    /// # Errors
    /// The reasons.
    pub fn verdict_of<T>(self, part: Option<T>) -> Verdict<T> {
        match part {
            Some(part) if self.0.is_empty() => Ok(part),
            _ => Err(self),
        }
    }

    /// The reasons.
    pub fn all(&self) -> &[Refusal] {
        &self.0
    }
}

impl From<Refusal> for Refusals {
    fn from(reason: Refusal) -> Self {
        Self(vec![reason])
    }
}
