//! Coins, and who has how many.

use std::collections::BTreeMap;

pub use num_bigint::BigUint as Amount;

use crate::message::Name;
use crate::refusal::{Refusal, Refusals, Verdict};
use crate::world::World;

/// An account: a person or a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who(pub u8);

/// A denomination, by its place among the world's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Denom(pub u8);

/// An amount of a denomination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coin {
    /// Of what.
    pub denom: Denom,
    /// How much.
    pub amount: Amount,
}

impl Coin {
    /// So much of that.
    pub fn new(amount: impl Into<Amount>, denom: Denom) -> Self {
        let amount = amount.into();
        Self { denom, amount }
    }

    /// Whether it is an amount of nothing.
    pub fn is_zero(&self) -> bool {
        self.amount == Amount::ZERO
    }

    /// So many times as much.
    pub fn times(&self, count: u64) -> Self {
        Self::new(&self.amount * count, self.denom)
    }
}

/// The greatest amount that a message can name.
fn greatest() -> Amount {
    (Amount::from(1u8) << 256) - 1u8
}

/// The sum of coins, each denomination once, none of a zero amount.
pub fn sum(coins: impl IntoIterator<Item = Coin>) -> BTreeMap<Denom, Amount> {
    let mut sums = BTreeMap::new();
    for coin in coins.into_iter().filter(|coin| !coin.is_zero()) {
        *sums.entry(coin.denom).or_default() += coin.amount;
    }
    sums
}

/// What came with a message.
#[derive(Clone, Debug)]
pub struct Payment {
    /// From whom.
    pub payer: Who,
    /// What.
    pub coins: Vec<Coin>,
}

impl Payment {
    /// Refused unless these coins came and no others.
    ///
    /// # Errors
    /// [`Refusal::WrongFunds`], [`Refusal::Overflow`].
    pub fn is(&self, expected: impl IntoIterator<Item = Coin>) -> Verdict<()> {
        let expected = sum(expected);
        let mut no = Refusals::default();
        no.when(
            expected.values().any(|a| *a > greatest()),
            Refusal::Overflow,
        );
        no.when(expected != sum(self.coins.clone()), Refusal::WrongFunds);
        no.verdict()
    }
}

/// Payments, one for each recipient and denomination, in the order in which each first occurs.
pub fn merged(payments: Vec<(Who, Coin)>) -> Vec<(Who, Coin)> {
    let mut merged: Vec<(Who, Coin)> = Vec::new();
    for (to, coin) in payments.into_iter().filter(|(_, coin)| !coin.is_zero()) {
        match merged
            .iter_mut()
            .find(|(who, c)| *who == to && c.denom == coin.denom)
        {
            Some((_, same)) => same.amount += coin.amount,
            None => merged.push((to, coin)),
        }
    }
    merged
}

/// Who has how much of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger(BTreeMap<(Who, Denom), Amount>);

impl Ledger {
    /// How much somebody has.
    pub fn amount(&self, who: Who, denom: Denom) -> Amount {
        self.0.get(&(who, denom)).cloned().unwrap_or_default()
    }

    /// Gives somebody more.
    pub fn add(&mut self, who: Who, coin: &Coin) {
        if !coin.is_zero() {
            *self.0.entry((who, coin.denom)).or_default() += &coin.amount;
        }
    }

    /// Takes from somebody, if they have as much.
    pub fn take(&mut self, who: Who, coin: &Coin) -> bool {
        let has = self.amount(who, coin.denom);
        if has < coin.amount {
            return false;
        }
        let rest = has - &coin.amount;
        self.0.remove(&(who, coin.denom));
        self.add(who, &Coin::new(rest, coin.denom));
        true
    }

    /// Every entry that isn't zero.
    pub fn entries(&self) -> impl Iterator<Item = (Who, Coin)> + '_ {
        let entries = self.0.iter();
        entries.map(|(&(who, denom), amount)| (who, Coin::new(amount.clone(), denom)))
    }

    /// The sum of a denomination.
    pub fn total(&self, denom: Denom) -> Amount {
        let entries = self.0.iter().filter(|((_, d), _)| *d == denom);
        entries.map(|(_, amount)| amount).sum()
    }
}

/// Who a name names, which must not be `itself`, the contract that is asked.
///
/// # Errors
/// [`Refusal::NoAddress`], [`Refusal::ToItself`].
pub fn payable(name: Option<Name>, default: Who, itself: Who) -> Verdict<Who> {
    let who = address(name, default)?;
    match who == itself {
        true => Err(Refusal::ToItself.into()),
        false => Ok(who),
    }
}

/// Who a name names.
///
/// # Errors
/// [`Refusal::NoAddress`].
pub fn address(name: Option<Name>, default: Who) -> Verdict<Who> {
    match name {
        None => Ok(default),
        Some(Name::Of(who)) => Ok(who),
        Some(Name::Nonsense) => Err(Refusal::NoAddress.into()),
    }
}

/// What is paid back of what couldn't be sent: how much, and to whom.
///
/// # Errors
/// [`Refusal::NotCreditor`], [`Refusal::NoCredit`], and those of [`payable`].
pub fn credit(
    credits: &Ledger,
    itself: Who,
    sender: Who,
    denom: Denom,
    owner: Option<Name>,
    to: Option<Name>,
) -> Verdict<(Who, Who, Coin)> {
    let mut no = Refusals::default();
    no.when(
        to.is_some() && owner.is_some_and(|o| o != Name::Of(sender)),
        Refusal::NotCreditor,
    );
    let owner = no.take(address(owner, sender).map_err(|_| Refusal::NoCredit.into()));
    let amount = owner
        .map(|owner| credits.amount(owner, denom))
        .unwrap_or_default();
    let coin = Coin::new(amount, denom);
    no.when(coin.is_zero(), Refusal::NoCredit);
    let to = no.take(payable(to, owner.unwrap_or(sender), itself));
    no.verdict_of(owner.zip(to))
        .map(|(owner, to)| (owner, to, coin))
}

/// Takes a credit and returns what is paid, where [`credit`] refuses nothing.
pub fn take_credit(
    credits: &mut Ledger,
    itself: Who,
    sender: Who,
    denom: Denom,
    owner: Option<Name>,
    to: Option<Name>,
) -> Vec<(Who, Coin)> {
    match credit(credits, itself, sender, denom, owner, to) {
        Ok((owner, to, coin)) => {
            credits.take(owner, &coin);
            vec![(to, coin)]
        }
        Err(_) => vec![],
    }
}

/// Refused unless something can be paid in a denomination.
///
/// # Errors
/// [`Refusal::Denomination`].
pub fn payable_in(world: &World, coin: &Coin) -> Verdict<()> {
    match world.is_payable(coin.denom) {
        true => Ok(()),
        false => Err(Refusal::Denomination.into()),
    }
}
