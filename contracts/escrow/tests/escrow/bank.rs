//! A bank that can refuse.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use cosmwasm_std::{
    Addr, Api, BankMsg, BankQuery, Binary, BlockInfo, CustomMsg, CustomQuery, Querier, StdError,
    StdResult, Storage,
};
use cw_multi_test::{AppResponse, Bank, BankKeeper, BankSudo, CosmosRouter, Module};
use serde::de::DeserializeOwned;

/// A bank that refuses transfers to some recipients or of some tokens.
#[derive(Clone, Default)]
pub struct RefusingBank {
    refused: Rc<RefCell<BTreeSet<String>>>,
}

impl RefusingBank {
    pub fn refuse(&self, recipient_or_denom: &str) {
        let name = recipient_or_denom.to_owned();
        self.refused.borrow_mut().insert(name);
    }

    pub fn allow(&self, recipient_or_denom: &str) {
        self.refused.borrow_mut().remove(recipient_or_denom);
    }

    pub fn allow_all(&self) {
        self.refused.borrow_mut().clear();
    }

    fn check(&self, msg: &BankMsg) -> StdResult<()> {
        let BankMsg::Send { to_address, amount } = msg else {
            return Ok(());
        };
        let refused = self.refused.borrow();
        let denoms = amount.iter().map(|coin| &coin.denom);
        match denoms
            .chain([to_address])
            .find(|name| refused.contains(*name))
        {
            Some(name) => Err(StdError::msg(format!("the bank refuses {name}"))),
            None => Ok(()),
        }
    }
}

impl Bank for RefusingBank {}

impl Module for RefusingBank {
    type ExecT = BankMsg;
    type QueryT = BankQuery;
    type SudoT = BankSudo;

    fn execute<E, Q>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = E, QueryC = Q>,
        block: &BlockInfo,
        sender: Addr,
        msg: BankMsg,
    ) -> StdResult<AppResponse>
    where
        E: CustomMsg + DeserializeOwned + 'static,
        Q: CustomQuery + DeserializeOwned + 'static,
    {
        self.check(&msg)?;
        BankKeeper::new().execute(api, storage, router, block, sender, msg)
    }

    fn query(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        querier: &dyn Querier,
        block: &BlockInfo,
        request: BankQuery,
    ) -> StdResult<Binary> {
        BankKeeper::new().query(api, storage, querier, block, request)
    }

    fn sudo<E, Q>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = E, QueryC = Q>,
        block: &BlockInfo,
        msg: BankSudo,
    ) -> StdResult<AppResponse>
    where
        E: CustomMsg + DeserializeOwned + 'static,
        Q: CustomQuery + DeserializeOwned + 'static,
    {
        BankKeeper::new().sudo(api, storage, router, block, msg)
    }
}
