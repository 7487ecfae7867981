//! Which reasons a contract's words can stand for.

use assay_reference::refusal::Refusal;
use assay_reference::refusal::Refusal as R;

/// Parts of what the contracts say, each with its reason.
const WORDS: &[(&str, Refusal)] = &[
    ("send no coins with this message", R::TakesNoFunds),
    ("the model store takes no funds", R::TakesNoFunds),
    ("the dataset registry takes no funds", R::TakesNoFunds),
    ("unknown variant `receive`", R::TakesNoFunds),
    ("tokens can't pay for this message", R::TakesNoFunds),
    ("pays nobody: use at least 1", R::ZeroAmount),
    ("a price is at least 1", R::ZeroAmount),
    ("is none: 3 to 128 letters", R::Denomination),
    ("is no denomination: use one of the bank's", R::Denomination),
    ("is named like a token", R::FalseToken),
    ("send exactly", R::WrongFunds),
    ("has prepaid", R::NotEnoughPrepaid),
    ("has no credit in", R::NoCredit),
    (
        "can have its credit paid to another address",
        R::NotCreditor,
    ),
    ("can't be paid what it owes", R::ToItself),
    ("bech32", R::NoAddress),
    ("parse failed", R::NoAddress),
    ("Invalid input", R::NoAddress),
    ("not normalized", R::NoAddress),
    ("a deposit needs funds", R::NoFunds),
    ("window is", R::Window),
    ("has passed", R::TooLate),
    ("can expire from", R::TooEarly),
    ("can be reclaimed from", R::TooEarly),
    ("others can abort it from", R::TooEarly),
    ("holds: release it from", R::TooEarly),
    ("use a longer window", R::NotLater),
    ("a job has 1 to", R::Slots),
    ("are more than any amount", R::Overflow),
    ("is deprecated: use its successor", R::DeprecatedDataset),
    ("is deprecated already", R::DeprecatedDataset),
    ("a model of dataset", R::Price),
    ("can't be paid in one message", R::TwoTokens),
    ("there is no job", R::UnknownJob),
    ("there is no slot", R::UnknownSlot),
    (": this needs it", R::SlotState),
    ("can't do this to", R::NotAllowed),
    ("before: take another slot", R::HeldBefore),
    ("a hand-over key has", R::HandOverKey),
    ("isn't pinned for", R::NotPinned),
    ("holds no pin of", R::NotPinned),
    ("there is no dataset", R::UnknownDataset),
    ("there is no circuit", R::UnknownCircuit),
    ("doesn't prove", R::CircuitKind),
    ("is finalised in the model store", R::NoParameters),
    ("isn't evaluated at", R::NotEvaluated),
    ("there is no hidden model", R::UnknownModel),
    ("a proof is", R::BadProof),
    ("the proof has a point", R::BadProof),
    ("one of proof and key has challenges", R::BadProof),
    ("does not show this statement", R::BadProof),
    ("a schema is a JSON object", R::SchemaText),
    ("this isn't the canonical text", R::SchemaText),
    ("take the circuit's specification's", R::Size),
    ("only they can offer it", R::NotModelOwner),
    ("there is no offer", R::UnknownOffer),
    ("only they can close it", R::NotProvider),
    ("is closed: choose another", R::ClosedOffer),
    ("an input for offer", R::InputLength),
    ("an output for request", R::OutputLength),
    ("there is no request", R::UnknownRequest),
    ("nothing more can be done with it", R::EndedRequest),
    ("a blob has 1 to", R::BlobLength),
    ("there is no blob", R::UnknownBlob),
    ("is being aborted", R::Aborting),
    ("is finalised and never changes", R::Finalised),
    ("isn't finalised: finalise", R::NotFinalised),
    ("nobody kept blob", R::Dead),
    ("isn't dead", R::NotDead),
    ("has chunks 0 to", R::NoSuchChunk),
    ("cut the blob every", R::ChunkLength),
    ("is there already", R::ChunkStored),
    ("isn't there yet", R::ChunkMissing),
    ("send them first", R::Incomplete),
    ("nothing is to be done", R::PinnedAlready),
];

const MORE: &[(&str, Refusal)] = &[
    ("isn't offered to you", R::NotOffered),
    ("a royalty is at most", R::Royalty),
    ("can't succeed another", R::Successor),
    ("dataset", R::NotOwner),
    ("blob", R::NotUploader),
];

/// The reason that the innermost error gives, if any of the contracts gives it.
pub fn of(error: &str) -> Option<Refusal> {
    let innermost = error.lines().last()?;
    let mut words = WORDS.iter().chain(MORE);
    let found = words.find(|(words, _)| innermost.contains(words))?;
    let is_ownership = innermost.contains("only they can change it");
    let needs_ownership = [R::NotOwner, R::NotUploader].contains(&found.1);
    (is_ownership || !needs_ownership).then_some(found.1)
}
