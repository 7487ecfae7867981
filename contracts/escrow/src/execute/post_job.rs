//! Posting a job.

use assay_protocol::circuit::Kind;
use assay_protocol::id::{CircuitId, DatasetId, JobId};
use assay_protocol::messages::escrow::{MAX_SLOTS, SlotState, Terms, Windows};
use cosmwasm_std::{Coin, Deps, DepsMut, Env, MessageInfo, Response, Storage};

use crate::deadline;
use crate::error::ContractError;
use crate::state::{CONFIG, JOBS, LAST_ID, SlotId};
use crate::transfer::expect_funds;
use crate::trusted;

/// A job that is to be posted.
pub struct Posting {
    /// The dataset to train on.
    pub dataset: DatasetId,
    /// The method.
    pub circuit: CircuitId,
    /// Number of slots.
    pub slots: u32,
    /// Paid for each slot.
    pub reward: Coin,
    /// Deposited for each slot.
    pub bond: Coin,
    /// The only worker who may accept, or anyone.
    pub worker: Option<String>,
    /// The job's windows.
    pub windows: Windows,
}

impl Posting {
    /// Locks the rewards and fixes the terms.
    pub fn execute(
        self,
        deps: DepsMut,
        env: &Env,
        info: MessageInfo,
    ) -> Result<Response, ContractError> {
        expect_funds(&info, &self.check()?)?;
        let terms = self.into_terms(deps.as_ref(), env, info)?;
        let job = next_id(deps.storage)?;
        JOBS.save(deps.storage, job.0, &terms)?;
        for slot in 0..terms.slots {
            SlotId { job, slot }.save(deps.storage, &SlotState::Open {})?;
        }
        Ok(Response::new()
            .add_attribute("action", "post_job")
            .add_attribute("job_id", job.to_string())
            .add_attribute("poster", terms.poster)
            .add_attribute("slots", terms.slots.to_string())
            .add_attribute("reward", terms.reward.to_string())
            .add_attribute("bond", terms.bond.to_string()))
    }

    /// Checks what needs no other contract; returns the funds to be sent.
    fn check(&self) -> Result<Coin, ContractError> {
        let (slots, reward) = (self.slots, &self.reward);
        if !(1..=MAX_SLOTS).contains(&slots) {
            return Err(ContractError::Slots { slots });
        }
        if reward.amount.is_zero() {
            let reward = reward.clone();
            return Err(ContractError::ZeroReward { reward });
        }
        if !is_denomination(&self.bond.denom) {
            let denom = self.bond.denom.chars().take(40).collect();
            return Err(ContractError::BondDenom { denom });
        }
        deadline::check(&self.windows)?;
        let overflow = |_| ContractError::RewardOverflow {
            slots,
            reward: reward.clone(),
        };
        let amount = reward.amount.checked_mul(slots.into()).map_err(overflow)?;
        Ok(Coin::new(amount, &reward.denom))
    }

    /// The terms with everything in them checked and read from its registry.
    fn into_terms(self, deps: Deps, env: &Env, info: MessageInfo) -> Result<Terms, ContractError> {
        let circuit = self.circuit;
        trusted::refuse_admin(deps, "escrow", env.contract.address.as_str())?;
        let config = CONFIG.load(deps.storage)?;
        let key = trusted::key(&deps.querier, &config, circuit)?;
        if key.kind != Kind::TrainingPublic {
            return Err(ContractError::WrongKind { circuit });
        }
        if key.development && !config.allow_development_keys {
            return Err(ContractError::DevelopmentKey { circuit });
        }
        let worker = self.worker.map(|worker| deps.api.addr_validate(&worker));
        Ok(Terms {
            poster: info.sender.into(),
            dataset: self.dataset,
            commitment: trusted::commitment(&deps.querier, &config, self.dataset)?,
            circuit,
            slots: self.slots,
            reward: self.reward,
            bond: self.bond,
            worker: worker.transpose()?.map(Into::into),
            windows: self.windows,
            acceptance_deadline: deadline::after(&env.block, &self.windows.acceptance)?,
        })
    }
}

/// The Cosmos SDK's rule for denominations, as the bank checks only those that move.
fn is_denomination(denom: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "/:._-".contains(c);
    (3..=128).contains(&denom.len())
        && denom.starts_with(|c: char| c.is_ascii_alphabetic())
        && denom.chars().all(is_allowed)
}

fn next_id(storage: &mut dyn Storage) -> Result<JobId, ContractError> {
    let last = LAST_ID.may_load(storage)?.unwrap_or(0);
    let id = last.checked_add(1).ok_or(ContractError::IdsExhausted)?;
    LAST_ID.save(storage, &id)?;
    Ok(JobId(id))
}
