//! Random messages to the contract on a chain.

use assay_protocol::id::{OfferId, RequestId};
use assay_protocol::messages::predictions::{ExecuteMsg, FixedModel};
use cosmwasm_std::Coin;
use cw_multi_test::IntoAddr;
use proptest::prelude::*;

use crate::chain::{ACTORS, Chain};
use crate::prediction::{FORMS, Form, INPUT, OUTPUT, fulfil_with};
use crate::prepaid::{self, deposit_for};

/// What somebody does. Who sends a message, and which token it is about, are places in
/// [`ACTORS`] and in the chain's denominations.
#[derive(Clone, Debug)]
pub enum Step {
    Offer {
        form: Form,
        price: u128,
        denom: usize,
    },
    Close(OfferId),
    Request {
        sender: usize,
        offer: OfferId,
        prepaid: bool,
        requester: Option<usize>,
    },
    Fulfil {
        sender: usize,
        request: RequestId,
        honest: bool,
    },
    Reclaim(usize, RequestId),
    Deposit {
        sender: usize,
        denom: usize,
        amount: u128,
        owner: Option<usize>,
    },
    WithdrawBalance {
        sender: usize,
        denom: usize,
        amount: Option<u128>,
        to: Option<usize>,
    },
    Withdraw {
        sender: usize,
        denom: usize,
        to: Option<usize>,
    },
    Wait {
        seconds: u64,
        blocks: u64,
    },
    Refuse(usize, bool),
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![4 => prediction_step(), 3 => money_step(), 1 => chain_step()];
    prop::collection::vec(step, 40..100)
}

fn actor() -> impl Strategy<Value = usize> {
    0..ACTORS.len()
}

fn denom() -> impl Strategy<Value = usize> {
    0..3usize
}

/// Somebody who is named, or nobody.
fn named() -> impl Strategy<Value = Option<usize>> {
    prop::option::of(actor())
}

fn prediction_step() -> impl Strategy<Value = Step> {
    let offer = || (1u64..=3).prop_map(OfferId);
    let request = || (1u64..=8).prop_map(RequestId);
    let form = prop_oneof![Just(FORMS[0]), Just(FORMS[1])];
    let price = prop_oneof![Just(7u128), Just(100)];
    let ask = (actor(), offer(), any::<bool>(), named());
    let answer = (actor(), request(), prop::bool::weighted(0.8));
    prop_oneof![
        3 => (form, price, denom())
            .prop_map(|(form, price, denom)| Step::Offer { form, price, denom }),
        1 => offer().prop_map(Step::Close),
        8 => ask.prop_map(|(sender, offer, prepaid, requester)| Step::Request {
            sender,
            offer,
            prepaid,
            requester,
        }),
        6 => answer
            .prop_map(|(sender, request, honest)| Step::Fulfil { sender, request, honest }),
        4 => (actor(), request()).prop_map(|(sender, request)| Step::Reclaim(sender, request)),
    ]
}

fn money_step() -> impl Strategy<Value = Step> {
    let deposit = (actor(), denom(), 1u128..200, named());
    let take_back = (actor(), denom(), prop::option::of(1u128..200), named());
    prop_oneof![
        4 => deposit.prop_map(|(sender, denom, amount, owner)| Step::Deposit {
            sender,
            denom,
            amount,
            owner,
        }),
        3 => take_back.prop_map(|(sender, denom, amount, to)| Step::WithdrawBalance {
            sender,
            denom,
            amount,
            to,
        }),
        2 => (actor(), denom(), named())
            .prop_map(|(sender, denom, to)| Step::Withdraw { sender, denom, to }),
    ]
}

fn chain_step() -> impl Strategy<Value = Step> {
    let little = (0u64..60, 0u64..6);
    // Longer than every window.
    let long = (300u64..400, 30u64..40);
    let wait = |(seconds, blocks)| Step::Wait { seconds, blocks };
    prop_oneof![
        4 => little.prop_map(wait),
        2 => long.prop_map(wait),
        3 => actor().prop_map(|actor| Step::Refuse(actor, true)),
        3 => actor().prop_map(|actor| Step::Refuse(actor, false)),
    ]
}

/// Takes a step, and says whether the contract accepted it.
pub fn take(chain: &mut Chain, step: Step) -> bool {
    match step {
        Step::Wait { seconds, blocks } => chain.advance(seconds, blocks),
        Step::Refuse(actor, is_refused) => chain.refuse(ACTORS[actor], is_refused),
        step => {
            let (sender, funds, message) = message(chain, step);
            return chain.send(sender, &funds, &message).is_ok();
        }
    }
    true
}

type Sent = (&'static str, Vec<Coin>, ExecuteMsg);

fn message(chain: &Chain, step: Step) -> Sent {
    let plain = |sender: usize, message| (ACTORS[sender], vec![], message);
    let address = |actor: usize| ACTORS[actor].into_addr();
    match step {
        Step::Offer { form, price, denom } => {
            let mut offer = chain.offer(form);
            offer.price = Coin::new(price, &chain.denoms()[denom]);
            ("worker", vec![], offer.message())
        }
        Step::Close(offer) => ("worker", vec![], ExecuteMsg::CloseOffer { offer }),
        Step::Request {
            sender,
            offer,
            prepaid,
            requester,
        } => {
            let offers = chain.offers().into_iter();
            let price = offers.filter(|o| o.offer == offer).map(|o| o.terms.price);
            let funds = price.filter(|_| !prepaid).collect();
            let message = ExecuteMsg::Request {
                offer,
                input: INPUT.into(),
                prepaid,
                requester: requester.map(|requester| address(requester).into()),
            };
            (ACTORS[sender], funds, message)
        }
        Step::Fulfil {
            sender,
            request,
            honest,
        } => {
            let form = form_of(chain, request);
            let payee = if honest { "worker" } else { "thief" };
            let proof = chain.answer(form, request, &payee.into_addr());
            plain(sender, fulfil_with(request, &OUTPUT, proof))
        }
        Step::Reclaim(sender, request) => plain(sender, ExecuteMsg::Reclaim { request }),
        Step::Deposit {
            sender,
            denom,
            amount,
            owner,
        } => {
            let funds = vec![Coin::new(amount, &chain.denoms()[denom])];
            (
                ACTORS[sender],
                funds,
                deposit_for(owner.map(address).as_ref()),
            )
        }
        Step::WithdrawBalance {
            sender,
            denom,
            amount,
            to,
        } => {
            let to = to.map(address);
            let message = prepaid::withdraw_to(&chain.denoms()[denom], amount, to.as_ref());
            plain(sender, message)
        }
        Step::Withdraw { sender, denom, to } => {
            let message = ExecuteMsg::Withdraw {
                denom: chain.denoms()[denom].clone(),
                owner: None,
                to: to.map(|to| address(to).into()),
            };
            plain(sender, message)
        }
        other => unreachable!("{other:?} is no message"),
    }
}

/// The form of the offer that a request takes up.
fn form_of(chain: &Chain, request: RequestId) -> Form {
    let has = |offer: OfferId| chain.requests(offer).iter().any(|r| r.request == request);
    let offers = chain.offers();
    let offer = offers.iter().find(|o| has(o.offer));
    let is_hidden = offer.is_some_and(|o| matches!(o.terms.model, FixedModel::Hidden { .. }));
    if is_hidden {
        Form::Hidden
    } else {
        Form::Public
    }
}
