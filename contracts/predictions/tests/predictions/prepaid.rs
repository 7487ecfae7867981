//! Paying in advance, and taking it back.

use assay_escrow::Error as EscrowError;
use assay_predictions::ContractError;
use assay_protocol::messages::escrow::Receive;
use assay_protocol::messages::predictions::{BalancesResponse, ExecuteMsg, QueryMsg};
use assay_registries::Error as Refusal;
use cosmwasm_std::{Addr, Coin, ReplyOn, Uint256, coin, coins, to_json_binary};

use crate::escrow::{self, Escrow, address, transfer};
use crate::prediction::{Form, close, fulfil, reclaim};

pub fn deposit() -> ExecuteMsg {
    deposit_for(None)
}

pub fn deposit_for(owner: Option<&Addr>) -> ExecuteMsg {
    ExecuteMsg::Deposit {
        owner: owner.map(Addr::to_string),
    }
}

pub fn withdraw(denom: &str, amount: Option<u128>) -> ExecuteMsg {
    withdraw_to(denom, amount, None)
}

pub fn withdraw_to(denom: &str, amount: Option<u128>, to: Option<&Addr>) -> ExecuteMsg {
    ExecuteMsg::WithdrawBalance {
        denom: denom.into(),
        amount: amount.map(Uint256::from),
        to: to.map(Addr::to_string),
    }
}

fn page(escrow: &Escrow, owner: &str, after: Option<&str>, limit: u32) -> BalancesResponse {
    let query = QueryMsg::Balances {
        address: address(owner).into(),
        start_after: after.map(Into::into),
        limit: Some(limit),
    };
    escrow.ask(query).unwrap()
}

pub fn balances(escrow: &Escrow, owner: &str) -> Vec<Coin> {
    page(escrow, owner, None, 50).balances
}

/// "owner" has deposited 100 of one token and 7 of another.
fn deposited() -> Escrow {
    let mut escrow = Escrow::market();
    let funds = [coin(7, "other"), coin(100, "token")];
    escrow.send("owner", &funds, deposit()).unwrap();
    escrow
}

#[test]
fn deposits_add_up_by_owner_and_token() {
    let mut escrow = deposited();
    escrow.send("owner", &coins(5, "token"), deposit()).unwrap();
    escrow.send("rival", &coins(3, "token"), deposit()).unwrap();
    let both = [coin(7, "other"), coin(105, "token")];
    assert_eq!(balances(&escrow, "owner"), both);
    assert_eq!(balances(&escrow, "rival"), coins(3, "token"));
    assert_eq!(balances(&escrow, "stranger"), []);
}

#[test]
fn a_deposit_of_nothing_is_refused() {
    for funds in [vec![], coins(0, "token")] {
        let error = Escrow::market().send("owner", &funds, deposit());
        assert!(matches!(error, Err(ContractError::NoFunds)));
    }
}

#[test]
fn an_escrow_with_an_admin_takes_no_deposits() {
    let mut escrow = Escrow::market();
    escrow.registries.set_admin_of(&escrow.env.contract.address);
    let error = escrow.send("owner", &coins(1, "token"), deposit());
    assert!(matches!(
        error,
        Err(ContractError::Escrow(EscrowError::Registry(
            Refusal::HasAdmin { name: "escrow", .. }
        )))
    ));
}

#[test]
fn an_owner_can_withdraw_a_part_and_the_rest() {
    let mut escrow = deposited();
    let message = withdraw("token", Some(30));
    let response = escrow.send("owner", &[], message).unwrap();
    assert_eq!(
        paid(&response),
        (address("owner").into(), coin(30, "token"))
    );
    assert_eq!(
        balances(&escrow, "owner"),
        [coin(7, "other"), coin(70, "token")]
    );
    let response = escrow.send("owner", &[], withdraw("token", None)).unwrap();
    assert_eq!(
        paid(&response),
        (address("owner").into(), coin(70, "token"))
    );
    assert_eq!(balances(&escrow, "owner"), coins(7, "other"));
}

#[test]
fn an_owner_can_have_its_balance_paid_elsewhere() {
    let mut escrow = deposited();
    let rival = address("rival");
    let message = withdraw_to("token", Some(30), Some(&rival));
    let response = escrow.send("owner", &[], message).unwrap();
    assert_eq!(paid(&response), (rival.into(), coin(30, "token")));
    let both = [coin(7, "other"), coin(70, "token")];
    assert_eq!(balances(&escrow, "owner"), both);
    let nowhere = withdraw_to("token", None, Some(&Addr::unchecked("nonsense")));
    let error = escrow.send("owner", &[], nowhere).unwrap_err();
    assert!(matches!(error, ContractError::Escrow(EscrowError::Std(_))));
}

/// The one transfer of a withdrawal, which fails with it.
fn paid(response: &cosmwasm_std::Response) -> (String, Coin) {
    let [sub] = &response.messages[..] else {
        panic!("{:?}", response.messages);
    };
    assert_eq!(sub.reply_on, ReplyOn::Never);
    transfer(sub.msg.clone())
}

#[test]
fn nobody_can_withdraw_more_than_they_have() {
    let mut escrow = deposited();
    for (sender, denom, amount) in [
        ("owner", "token", 101),
        ("owner", "other", 8),
        ("owner", "third", 1),
        ("stranger", "token", 1),
    ] {
        let error = escrow.send(sender, &[], withdraw(denom, Some(amount)));
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::Balance { .. }))
        ));
    }
    assert_eq!(
        balances(&escrow, "owner"),
        [coin(7, "other"), coin(100, "token")]
    );
}

#[test]
fn a_withdrawal_of_nothing_is_refused() {
    let mut escrow = deposited();
    for (sender, denom, amount) in [
        ("owner", "token", Some(0)),
        ("owner", "third", None),
        ("stranger", "token", None),
    ] {
        let error = escrow.send(sender, &[], withdraw(denom, amount));
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::ZeroAmount {
                name: "withdrawal",
                ..
            }))
        ));
    }
}

#[test]
fn a_prepaid_balance_is_no_credit() {
    let mut escrow = deposited();
    let message = ExecuteMsg::Withdraw {
        denom: "token".into(),
        owner: Some(address("owner").into()),
        to: None,
    };
    for sender in ["owner", "stranger"] {
        let error = escrow.send(sender, &[], message.clone());
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::NoCredit { .. }))
        ));
    }
    assert_eq!(
        balances(&escrow, "owner"),
        [coin(7, "other"), coin(100, "token")]
    );
}

#[test]
fn balances_come_in_pages_by_token() {
    let escrow = deposited();
    let first = page(&escrow, "owner", None, 1);
    assert_eq!(first.balances, coins(7, "other"));
    assert_eq!(first.next.as_deref(), Some("other"));
    let second = page(&escrow, "owner", Some("other"), 1);
    assert_eq!((second.balances, second.next), (coins(100, "token"), None));
}

#[test]
fn only_requesting_and_depositing_take_funds() {
    let receive = ExecuteMsg::Receive(Receive {
        sender: address("owner").into(),
        amount: 10u128.into(),
        msg: to_json_binary(&deposit()).unwrap(),
    });
    let messages = [
        Form::Public.offer().message(),
        close(),
        fulfil(vec![]),
        reclaim(),
        withdraw("token", None),
        escrow::withdraw("token"),
        receive,
    ];
    for message in messages {
        let mut escrow = Escrow::requested(Form::Public);
        let error = escrow.send("provider", &coins(1, "token"), message);
        assert!(matches!(
            error,
            Err(ContractError::Escrow(EscrowError::Payment(_)))
        ));
    }
}
