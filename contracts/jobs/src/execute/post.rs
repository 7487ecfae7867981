//! Posting a job.

use assay_protocol::circuit::Kind;
use assay_protocol::id::{CircuitId, DatasetId, JobId};
use assay_protocol::messages::escrow::{MAX_SLOTS, SlotId, SlotState, Terms, Windows};
use cosmwasm_std::{Coin, Deps, DepsMut, Env, MessageInfo, Response};

use super::check_method;
use crate::deadline;
use crate::error::ContractError;
use crate::state::{JOB_IDS, JOBS, save_slot};
use crate::transfer::{check_amount, check_denomination, expect_funds};

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
        let job = JobId(JOB_IDS.next(deps.storage)?);
        JOBS.save(deps.storage, job.0, &terms)?;
        for slot in 0..terms.slots {
            save_slot(deps.storage, SlotId { job, slot }, &SlotState::Open {})?;
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
        check_amount("reward", reward)?;
        check_denomination("bond", &self.bond.denom)?;
        deadline::check("acceptance", &self.windows.acceptance)?;
        deadline::check("hand_over", &self.windows.hand_over)?;
        deadline::check("delivery", &self.windows.delivery)?;
        let overflow = |_| ContractError::RewardOverflow {
            slots,
            reward: reward.clone(),
        };
        let amount = reward.amount.checked_mul(slots.into()).map_err(overflow)?;
        Ok(Coin::new(amount, &reward.denom))
    }

    /// The terms with everything in them checked and read from its registry.
    fn into_terms(self, deps: Deps, env: &Env, info: MessageInfo) -> Result<Terms, ContractError> {
        let kinds = [Kind::TrainingPublic, Kind::TrainingFingerprint];
        let (config, _) = check_method(deps, env, self.circuit, &kinds)?;
        let registry = &config.dataset_registry;
        let worker = self.worker.map(|worker| deps.api.addr_validate(&worker));
        Ok(Terms {
            poster: info.sender.into(),
            dataset: self.dataset,
            commitment: assay_registries::commitment(&deps.querier, registry, self.dataset)?,
            circuit: self.circuit,
            slots: self.slots,
            reward: self.reward,
            bond: self.bond,
            worker: worker.transpose()?.map(Into::into),
            windows: self.windows,
            acceptance_deadline: deadline::after(&env.block, &self.windows.acceptance)?,
        })
    }
}
