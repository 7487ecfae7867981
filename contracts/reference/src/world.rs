//! The chain around the contracts: clocks, a bank and tokens, which refuse or misbehave.

use std::collections::{BTreeMap, BTreeSet};

use crate::message::Call;
use crate::money::{Amount, Coin, Denom, Ledger, Who};
use crate::time::Moment;

/// What a denomination names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A coin of the bank's.
    Native,
    /// A coin of the bank's that has the name of a token.
    FalseToken,
    /// A cw20 token, the contract at an account.
    Token(Who),
    /// `cw20:` and the address of an account that is no token.
    NoToken(Who),
    /// Nothing.
    Nonsense,
}

/// What can be blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blockable {
    /// Transfers of the bank to an account.
    Recipient(Who),
    /// Transfers of a coin.
    Coin(Denom),
    /// Transfers of a token to an account.
    OfToken(Denom, Who),
}

/// What a token does when it is to be transferred.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Behaviour {
    /// It moves.
    #[default]
    Honest,
    /// It fails.
    Reverts,
    /// Nothing moves, and it says that it has.
    Swallows,
    /// It moves, and the token calls a contract.
    CallsBack {
        /// How.
        call: Box<Call>,
        /// Whether the transfer fails with the call.
        insists: bool,
    },
}

/// The chain.
#[derive(Clone, Debug)]
pub struct World {
    /// What its clocks show.
    pub now: Moment,
    /// What there is of each denomination, and what it is.
    pub kinds: Vec<Kind>,
    /// Who has what.
    pub balances: Ledger,
    blocked: BTreeSet<Blockable>,
    behaviours: BTreeMap<Denom, Behaviour>,
}

impl World {
    /// A chain at a moment, with these denominations.
    pub fn new(now: Moment, kinds: Vec<Kind>) -> Self {
        Self {
            now,
            kinds,
            balances: Ledger::default(),
            blocked: BTreeSet::new(),
            behaviours: BTreeMap::new(),
        }
    }

    /// What a denomination names.
    pub fn kind(&self, denom: Denom) -> Kind {
        let kind = self.kinds.get(usize::from(denom.0));
        kind.copied().unwrap_or(Kind::Nonsense)
    }

    /// Every denomination.
    pub fn denoms(&self) -> impl Iterator<Item = Denom> + use<> {
        (0..self.kinds.len() as u8).map(Denom)
    }

    /// The token at an account.
    pub fn token_at(&self, who: Who) -> Option<Denom> {
        self.denoms().find(|&denom| self.token(denom) == Some(who))
    }

    /// The account of a token, or of what passes for one.
    pub fn token(&self, denom: Denom) -> Option<Who> {
        match self.kind(denom) {
            Kind::Token(who) | Kind::NoToken(who) => Some(who),
            _ => None,
        }
    }

    /// Whether terms can be in a denomination: it names a coin, or a token by its address.
    pub fn is_payable(&self, denom: Denom) -> bool {
        !matches!(self.kind(denom), Kind::Nonsense | Kind::FalseToken)
    }

    /// What a token does.
    pub fn behaviour(&self, token: Denom) -> Behaviour {
        self.behaviours.get(&token).cloned().unwrap_or_default()
    }

    /// Changes what a token does.
    pub fn behave(&mut self, token: Denom, behaviour: Behaviour) {
        self.behaviours.insert(token, behaviour);
    }

    /// Blocks something, or no longer.
    pub fn block(&mut self, what: Blockable, is_blocked: bool) {
        match is_blocked {
            true => self.blocked.insert(what),
            false => self.blocked.remove(&what),
        };
    }

    /// Everything that is blocked.
    pub fn blocked(&self) -> Vec<Blockable> {
        self.blocked.iter().copied().collect()
    }

    /// Whether the bank sends these coins, all or none: to an account and of coins that aren't
    /// blocked, as many as there are.
    pub fn can_send(&self, from: Who, to: Who, coins: &[Coin]) -> bool {
        let is_free = |coin: &Coin| !self.blocked.contains(&Blockable::Coin(coin.denom));
        let has = |coin: &Coin| self.balances.amount(from, coin.denom) >= coin.amount;
        coins.is_empty()
            || !self.blocked.contains(&Blockable::Recipient(to))
                && coins.iter().any(|coin| !coin.is_zero())
                && coins.iter().all(|coin| is_free(coin) && has(coin))
    }

    /// Has the bank send coins, if it does.
    pub fn send(&mut self, from: Who, to: Who, coins: &[Coin]) -> bool {
        let can = self.can_send(from, to, coins);
        if can {
            for coin in coins {
                self.balances.take(from, coin);
                self.balances.add(to, coin);
            }
        }
        can
    }

    /// Moves tokens within their contract's ledger: some, as many as there are, and no more
    /// than a cw20 token can count.
    pub fn shift(&mut self, from: Who, to: Who, coin: &Coin) -> bool {
        let can = !coin.is_zero()
            && coin.amount <= Amount::from(u128::MAX)
            && self.balances.take(from, coin);
        if can {
            self.balances.add(to, coin);
        }
        can
    }

    /// Whether a token refuses to be transferred to an account.
    pub fn is_refused(&self, token: Denom, to: Who) -> bool {
        self.blocked.contains(&Blockable::OfToken(token, to))
    }
}
