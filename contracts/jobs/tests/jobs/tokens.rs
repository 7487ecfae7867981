//! Jobs paid in cw20 tokens: what comes in, and as what.

use assay_escrow::Error as EscrowError;
use assay_jobs::ContractError;
use assay_protocol::messages::escrow::Receive;
use assay_protocol::messages::jobs::ExecuteMsg;
use cosmwasm_std::{Coin, ReplyOn, coin, coins, to_json_binary};
use cw_multi_test::IntoAddr;

use crate::chain::{Chain, PRICED_IN_CW20};
use crate::escrow::{CIRCUIT, Escrow, address, cw20, transfers, withdraw};
use crate::job::{accept, cancel, deliver, expire, extend, release, start, top_up};
use crate::terms::{JOB, Job};

const PARTIES: [&str; 3] = ["poster", "worker", "rival"];

/// A job whose reward and bond are in the token of this name.
fn in_token(name: &str) -> Job {
    let denom = cw20(&address(name));
    let mut job = Job::new(CIRCUIT);
    (job.reward.denom, job.bond.denom) = (denom.clone(), denom);
    job
}

#[test]
fn a_job_is_paid_in_tokens_from_its_posting_to_its_delivery() {
    let mut chain = Chain::started(|chain, job| {
        let denom = cw20(&chain.cw20);
        (job.reward.denom, job.bond.denom) = (denom.clone(), denom.clone());
        job.buy(PRICED_IN_CW20, coin(5, denom), 5_000);
    });
    let denom = cw20(&chain.cw20);
    let extra = [coin(20, &denom)];
    chain.send("rival", &extra, &top_up(0)).unwrap();
    assert_eq!(chain.gains(&PARTIES, &denom), [-105, -10, -20, 135]);
    let proof = chain.proof(JOB, 0, &"worker".into_addr());
    chain.send("stranger", &[], &deliver(proof)).unwrap();
    assert_eq!(chain.gains(&PARTIES, &denom), [-105, 125, -20, 0]);
}

#[test]
fn tokens_go_back_like_coins() {
    let mut chain = Chain::started(|chain, job| {
        job.reward.denom = cw20(&chain.cw20);
    });
    let denom = cw20(&chain.cw20);
    chain.advance(300, 30);
    chain.send("stranger", &[], &expire(0)).unwrap();
    assert_eq!(chain.gains(&PARTIES, &denom), [0, 0, 0, 0]);
    assert_eq!(chain.gains(&PARTIES, "token"), [10, -10, 0, 0]);
}

#[test]
fn a_blocked_recipient_of_tokens_keeps_a_credit_and_has_it_paid_elsewhere() {
    let mut chain = Chain::started(|chain, job| job.reward.denom = cw20(&chain.cw20));
    let denom = cw20(&chain.cw20);
    chain.refuse("worker", true);
    let proof = chain.proof(JOB, 0, &"worker".into_addr());
    chain.send("stranger", &[], &deliver(proof)).unwrap();
    assert_eq!(
        chain.credits("worker"),
        [coin(100, &denom), coin(10, "token")]
    );
    let stays = chain.send("worker", &[], &withdraw(&denom)).unwrap_err();
    assert!(stays.to_string().contains("the token blocks"), "{stays}");
    let elsewhere = ExecuteMsg::Withdraw {
        denom: denom.clone(),
        owner: None,
        to: Some("rival".into_addr().into()),
    };
    chain.send("worker", &[], &elsewhere).unwrap();
    assert_eq!(chain.credits("worker"), coins(10, "token"));
    assert_eq!(chain.gains(&PARTIES, &denom), [-100, 0, 100, 0]);
}

#[test]
fn a_token_pays_in_its_own_name_only() {
    for name in ["other token", "poster"] {
        let mut escrow = Escrow::new();
        let error = escrow.receive(name, "poster", 100, &in_token("token").message());
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::WrongFunds { .. }))
        ));
    }
    let mut escrow = Escrow::new();
    let native = Job::new(CIRCUIT).message();
    let error = escrow.receive("token", "poster", 100, &native).unwrap_err();
    assert!(matches!(
        error,
        ContractError::Escrow(EscrowError::WrongFunds { .. })
    ));
}

#[test]
fn a_coin_that_is_named_like_a_token_is_refused_wherever_funds_are_taken() {
    let job = in_token("token");
    let posted = || {
        let mut escrow = Escrow::new();
        escrow
            .receive("token", "poster", 100, &job.message())
            .unwrap();
        escrow
    };
    let attempts = [
        (Escrow::new(), job.funds(), job.message()),
        (posted(), vec![job.bond.clone()], accept(0)),
        (posted(), vec![job.bond.clone()], top_up(0)),
        (Escrow::new(), coins(1, "cw20:"), job.message()),
    ];
    for (mut escrow, funds, message) in attempts {
        let error = escrow.send("thief", &funds, message).unwrap_err();
        assert!(matches!(
            error,
            ContractError::Escrow(EscrowError::FalseToken { denom }) if denom == funds[0].denom
        ));
    }
}

#[test]
fn exactly_the_tokens_that_are_asked_for_can_be_sent() {
    let job = in_token("token");
    for wrong in [1, 99, 101] {
        let mut escrow = Escrow::new();
        let error = escrow.receive("token", "poster", wrong, &job.message());
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::WrongFunds { .. }))
        ));
    }
    let mut escrow = Escrow::new();
    escrow
        .receive("token", "poster", 100, &job.message())
        .unwrap();
    for wrong in [9, 11] {
        let error = escrow.receive("token", "worker", wrong, &accept(0));
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::WrongFunds { .. }))
        ));
    }
    escrow.receive("token", "worker", 10, &accept(0)).unwrap();
    assert_eq!(
        escrow.slot(0).reward,
        Coin::new(100u128, cw20(&address("token")))
    );
}

#[test]
fn no_tokens_at_all_pay_for_nothing() {
    let mut free = in_token("token");
    free.bond.amount = 0u128.into();
    let mut escrow = Escrow::new();
    escrow
        .receive("token", "poster", 100, &free.message())
        .unwrap();
    for message in [accept(0), top_up(0), free.message()] {
        let error = escrow.receive("token", "worker", 0, &message).unwrap_err();
        assert!(matches!(
            error,
            ContractError::Escrow(EscrowError::ZeroAmount { .. })
        ));
    }
    // A bond of nothing is deposited without the token, as that can't send nothing.
    escrow.send("worker", &[], accept(0)).unwrap();
    let response = escrow.send("worker", &[], release(0)).unwrap();
    assert_eq!(transfers(&response), []);
}

#[test]
fn a_token_sends_no_other_message_in_anybodys_name() {
    let nested = ExecuteMsg::Receive(Receive {
        sender: address("poster").into(),
        amount: 100u128.into(),
        msg: to_json_binary(&in_token("token").message()).unwrap(),
    });
    let messages = [
        release(0),
        start(0),
        deliver(vec![]),
        cancel(0),
        expire(0),
        extend(0, 5_000),
        withdraw("token"),
        nested,
    ];
    for payer in ["poster", "worker"] {
        for message in &messages {
            let mut escrow = Escrow::accepted();
            let error = escrow.receive("token", payer, 1, message).unwrap_err();
            assert!(matches!(
                error,
                ContractError::Escrow(EscrowError::TakesNoFunds)
            ));
        }
    }
}

#[test]
fn a_payer_that_is_no_address_is_refused() {
    let receive = ExecuteMsg::Receive(Receive {
        sender: "nonsense".into(),
        amount: 100u128.into(),
        msg: to_json_binary(&in_token("token").message()).unwrap(),
    });
    let error = Escrow::new().send("token", &[], receive).unwrap_err();
    assert!(matches!(error, ContractError::Escrow(EscrowError::Std(_))));
}

#[test]
fn a_token_has_one_name() {
    let token = address("token").into_string();
    let upper = token.to_uppercase();
    let names = [
        "",
        " ",
        "nonsense",
        &upper,
        &format!("{token} "),
        &token[1..],
    ];
    type Choose = fn(&mut Job) -> &mut Coin;
    let coins: [(&str, Choose); 3] = [
        ("reward", |job| &mut job.reward),
        ("bond", |job| &mut job.bond),
        ("price", |job| job.price.insert(coin(1, "token"))),
    ];
    for (coin_name, choose) in coins {
        for name in names {
            let mut job = Job::new(CIRCUIT);
            choose(&mut job).denom = format!("cw20:{name}");
            let error = Escrow::new().send("poster", &[], job.message());
            assert!(matches!(
                error,
                Err(ContractError::Escrow(EscrowError::Denomination { name, .. })) if name == coin_name
            ));
        }
    }
}

#[test]
fn a_reward_and_a_price_that_one_message_cannot_pay_are_refused() {
    let (one, other) = (cw20(&address("token")), cw20(&address("other token")));
    for (reward, price) in [(&*one, "token"), ("token", &one), (&one, &other)] {
        let mut job = Job::new(CIRCUIT);
        job.reward.denom = reward.into();
        job.price = Some(coin(1, price));
        let error = Escrow::new().send("poster", &[], job.message());
        assert!(matches!(error, Err(ContractError::TwoTokens { .. })));
    }
}

#[test]
fn a_bond_may_be_in_another_token_than_the_reward() {
    let mut chain = Chain::started(|chain, job| job.bond.denom = cw20(&chain.cw20));
    let denom = cw20(&chain.cw20);
    assert_eq!(chain.gains(&PARTIES, &denom), [0, -10, 0, 10]);
    let proof = chain.proof(JOB, 0, &"worker".into_addr());
    chain.send("worker", &[], &deliver(proof)).unwrap();
    assert_eq!(chain.gains(&PARTIES, &denom), [0, 0, 0, 0]);
    assert_eq!(chain.gains(&PARTIES, "token"), [-100, 100, 0, 0]);
}

#[test]
fn a_transfer_of_tokens_has_a_gas_limit_and_a_reply_on_failure_only() {
    let mut escrow = Escrow::new();
    escrow
        .receive("token", "poster", 100, &in_token("token").message())
        .unwrap();
    let response = escrow.send("poster", &[], cancel(0)).unwrap();
    let [sub] = &response.messages[..] else {
        panic!("{:?}", response.messages);
    };
    assert_eq!(sub.reply_on, ReplyOn::Error);
    assert!(sub.gas_limit.is_some());
    let refund = (address("poster").into(), coin(100, cw20(&address("token"))));
    assert_eq!(transfers(&response), [refund]);
}
