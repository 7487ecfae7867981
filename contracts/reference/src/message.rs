//! What can be sent, and what else can happen on a chain.

use crate::money::{Amount, Coin, Denom, Who};
use crate::world::{Behaviour, Blockable};
use crate::{datasets, jobs, predictions, store};

/// An address as a message has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// An account's.
    Of(Who),
    /// What isn't an address.
    Nonsense,
}

/// A message to one of the contracts.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// To the dataset registry.
    Datasets(datasets::Message),
    /// To the model store.
    Store(store::Message),
    /// To the contract for jobs.
    Jobs(jobs::Message),
    /// To the contract for predictions.
    Predictions(predictions::Message),
}

impl Message {
    /// Whether it pays out in such a way that it fails with the payment.
    pub fn pays_at_once(&self) -> bool {
        match self {
            Self::Datasets(_) => false,
            Self::Store(message) => message.pays_at_once(),
            Self::Jobs(message) => matches!(message, jobs::Message::Withdraw { .. }),
            Self::Predictions(message) => matches!(
                message,
                predictions::Message::Withdraw { .. }
                    | predictions::Message::WithdrawBalance { .. }
            ),
        }
    }
}

/// How a contract is called.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    /// With a message of the sender's own.
    Plain(Message),
    /// With `receive`, as a token does: tokens have come, for a message.
    Received {
        /// From whom, as the token says.
        from: Name,
        /// How many, as it says.
        amount: Amount,
        /// What they pay for.
        message: Message,
    },
}

impl Call {
    /// The message.
    pub fn message(&self) -> &Message {
        match self {
            Self::Plain(message) | Self::Received { message, .. } => message,
        }
    }
}

/// What happens on a chain.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A call, with coins of the bank's. A token that calls lies: nothing has come.
    Call {
        /// Who calls.
        sender: Who,
        /// What is sent along.
        coins: Vec<Coin>,
        /// The call.
        call: Call,
    },
    /// Somebody has a token sent, with a message that it pays for.
    Pay {
        /// Who.
        sender: Who,
        /// How much of which token.
        coin: Coin,
        /// The message.
        message: Message,
    },
    /// Somebody sends a coin or a token without a message.
    Stray {
        /// Who.
        sender: Who,
        /// To whom.
        to: Who,
        /// What.
        coin: Coin,
    },
    /// Time passes.
    Advance {
        /// Nanoseconds.
        nanos: u64,
        /// Blocks.
        blocks: u64,
    },
    /// The bank or a token refuses transfers, or takes them again.
    Block {
        /// Which.
        what: Blockable,
        /// Whether they are refused.
        is_blocked: bool,
    },
    /// A token changes its behaviour.
    Behave {
        /// Which.
        token: Denom,
        /// From here on.
        behaviour: Behaviour,
    },
}
