//! A chain, its contracts and an account, ready for use.

use std::path::PathBuf;

use assay_client::{Account, Chain, Executed, Journal, Message, Sender};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Runtime};

use super::config::{Profile, user_folder};
use super::deployment::{Deployed, Deployment};
use super::{ChainArgs, SignerArgs, key};
use crate::Error;

/// A chain, its contracts and, where something is signed, an account.
pub struct Session {
    runtime: Runtime,
    chain: Chain,
    profile: Profile,
    account: Option<Account>,
}

impl Session {
    /// To read only.
    ///
    /// # Errors
    /// [`Error`] if the configuration is no good.
    pub fn read(args: &ChainArgs) -> Result<Self, Error> {
        let profile = Profile::read(args)?;
        let runtime = Builder::new_current_thread().enable_all().build();
        Ok(Self {
            runtime: runtime.map_err(Error::Runtime)?,
            chain: Chain::new(profile.network.clone())?.with_patience(args.patience),
            profile,
            account: None,
        })
    }

    /// To sign.
    ///
    /// # Errors
    /// [`Error`] if the configuration or the key is no good.
    pub fn sign(args: &SignerArgs) -> Result<Self, Error> {
        let session = Self::read(&args.chain)?;
        let key = args.key.as_deref().or(session.profile.key.as_deref());
        let account = key::account(key, &session.profile.network.address_prefix)?;
        Ok(Self {
            account: Some(account),
            ..session
        })
    }

    /// The chain.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The chain's id.
    pub fn chain_id(&self) -> &str {
        &self.profile.network.chain_id
    }

    /// Runs a future to its end.
    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// Where the contracts are.
    ///
    /// # Errors
    /// [`Error::NoDeployment`]; [`Error::Mismatch`] for a file of another chain.
    pub fn deployment(&self) -> Result<Deployment, Error> {
        let path = self.profile.deployment.as_ref();
        let path = path.ok_or(Error::NoDeployment)?;
        let deployment: Deployment = crate::artefact::read(path)?;
        if deployment.chain_id != self.chain_id() {
            return Err(Error::Mismatch(format!(
                "{} is of chain {}, the profile of {}: use the profile's own",
                path.display(),
                deployment.chain_id,
                self.chain_id()
            )));
        }
        Ok(deployment)
    }

    /// The account that signs.
    ///
    /// # Errors
    /// [`Error::NoKey`] in a session that only reads.
    pub fn account(&self) -> Result<&Account, Error> {
        self.account.as_ref().ok_or(Error::NoKey)
    }

    /// The address that signs.
    ///
    /// # Errors
    /// [`Error::NoKey`] in a session that only reads.
    pub fn address(&self) -> Result<&str, Error> {
        Ok(self.account()?.address())
    }

    /// Where this account keeps what it must not lose between two runs.
    ///
    /// # Errors
    /// [`Error::NoStateFolder`].
    pub fn state_folder(&self) -> Result<PathBuf, Error> {
        user_folder("XDG_STATE_HOME", ".local/state").ok_or(Error::NoStateFolder)
    }

    /// What signs and sends.
    ///
    /// # Errors
    /// [`Error`] if there is no account, or no place for its records.
    pub fn sender(&self) -> Result<Sender<'_>, Error> {
        let account = self.account()?;
        let root = self.state_folder()?.join("sent");
        let journal = Journal::open(&root, self.chain_id(), account.address())?;
        Ok(Sender::new(&self.chain, account, journal))
    }

    /// Sends one transaction and waits for it.
    ///
    /// # Errors
    /// [`Error::Client`].
    pub fn send(&self, sender: &Sender<'_>, messages: &[Message]) -> Result<Executed, Error> {
        Ok(self.block_on(sender.send(messages))?)
    }

    /// As [`send`](Self::send), for messages that differ each time: `name` says what they do
    /// at `contract`.
    ///
    /// # Errors
    /// [`Error::Client`].
    pub fn send_as(
        &self,
        sender: &Sender<'_>,
        contract: &str,
        name: &str,
        messages: &[Message],
    ) -> Result<Executed, Error> {
        let name = format!("{contract}: {name}");
        Ok(self.block_on(sender.send_as(&name, messages))?)
    }

    /// As [`send_as`](Self::send_as); what an earlier run sent counts only if it `still_holds`.
    ///
    /// # Errors
    /// [`Error::Client`], or what `still_holds` fails with.
    pub fn send_anew(
        &self,
        sender: &Sender<'_>,
        contract: &str,
        name: &str,
        messages: &[Message],
        still_holds: impl FnOnce(&Executed) -> Result<bool, Error>,
    ) -> Result<Executed, Error> {
        let executed = self.send_as(sender, contract, name, messages)?;
        if !executed.earlier || still_holds(&executed)? {
            return Ok(executed);
        }
        self.forget(sender, contract, name)?;
        self.send_as(sender, contract, name, messages)
    }

    /// Forgets what was sent by that name: its result is of no use any more.
    ///
    /// # Errors
    /// [`Error::Client`].
    pub fn forget(&self, sender: &Sender<'_>, contract: &str, name: &str) -> Result<(), Error> {
        Ok(sender.forget(&format!("{contract}: {name}"))?)
    }

    /// A contract's answer.
    ///
    /// # Errors
    /// [`Error::Client`].
    pub fn ask<R: DeserializeOwned>(
        &self,
        contract: &Deployed,
        query: &impl Serialize,
    ) -> Result<R, Error> {
        Ok(self.block_on(self.chain.smart(&contract.address, query))?)
    }
}
