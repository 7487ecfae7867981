//! Transfers, by the bank or by a token, which may call a contract meanwhile.

use super::{Contracts, Model};
use crate::money::{Amount, Coin, Who};
use crate::world::{Behaviour, Kind};

impl Model {
    /// Moves a coin or a token without a message, if bank or token do it.
    pub(super) fn transfer(&mut self, from: Who, to: Who, coin: &Coin) -> bool {
        let moves = match self.world.kind(coin.denom) {
            Kind::Native | Kind::FalseToken => {
                self.world.send(from, to, core::slice::from_ref(coin))
            }
            Kind::Token(token) => return self.transfer_token(token, from, to, coin),
            Kind::NoToken(_) | Kind::Nonsense => false,
        };
        self.note(moves, to, coin);
        moves
    }

    fn transfer_token(&mut self, token: Who, from: Who, to: Who, coin: &Coin) -> bool {
        if self.world.is_refused(coin.denom, to) {
            return false;
        }
        match self.world.behaviour(coin.denom) {
            Behaviour::Honest => {
                let moves = self.world.shift(from, to, coin);
                self.note(moves, to, coin);
                moves
            }
            Behaviour::Reverts => false,
            Behaviour::Swallows => coin.amount <= Amount::from(u128::MAX),
            Behaviour::CallsBack { call, insists } => {
                let before = self.clone();
                if !self.world.shift(from, to, coin) {
                    return false;
                }
                self.note(true, to, coin);
                let is_taken = self.call(token, &[], &call).is_ok();
                self.called_back += u64::from(is_taken);
                if insists && !is_taken {
                    *self = before;
                    return false;
                }
                true
            }
        }
    }

    /// Notes what came to one of the contracts and is owed to nobody.
    fn note(&mut self, moves: bool, to: Who, coin: &Coin) {
        let Contracts {
            datasets,
            store,
            jobs,
            predictions,
        } = self.contracts;
        if moves && [datasets, store, jobs, predictions].contains(&to) {
            self.strays.add(to, coin);
        }
    }
}
