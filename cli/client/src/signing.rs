//! Transactions as bytes.

use cosmrs::Any;
use cosmrs::proto::cosmos::base::v1beta1::Coin;
use cosmrs::proto::cosmos::tx::v1beta1::{
    AuthInfo, Fee, SignDoc, SimulateRequest, SimulateResponse, TxBody, TxRaw,
};
use cosmrs::proto::prost::Message as Proto;
use cosmrs::tx::{ModeInfo, SignMode, SignerInfo};
use sha2::{Digest, Sha256};

use crate::chain::AccountState;
use crate::{Account, Chain, Error};

/// Gas beyond what a simulation used: the state may change before the block, and a
/// simulation pays for no signature of its own. In percent, and in units.
const MARGIN_PERCENT: u64 = 30;
const MARGIN: u64 = 20_000;

/// After so many blocks a transaction that isn't in one can't be executed any more.
pub const TIMEOUT_BLOCKS: u64 = 60;

/// A signed transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// What is broadcast.
    pub bytes: Vec<u8>,
    /// The sequence that it uses up.
    pub sequence: u64,
    /// The last height at which it can be executed.
    pub timeout_height: u64,
}

impl Signed {
    /// The height at which it was signed.
    pub fn signed_height(&self) -> u64 {
        self.timeout_height.saturating_sub(TIMEOUT_BLOCKS)
    }

    /// The hash by which it is found.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }
}

/// A transaction before it has a fee.
pub struct Draft<'a> {
    /// Who signs and pays.
    pub account: &'a Account,
    /// What it does.
    pub messages: Vec<Any>,
    /// The account on chain.
    pub state: AccountState,
    /// The last height at which it can be executed.
    pub timeout_height: u64,
}

impl Draft<'_> {
    /// What `messages` would use, with the margin.
    ///
    /// # Errors
    /// [`Error::Query`] with the reason why they would fail.
    pub async fn gas(&self, chain: &Chain) -> Result<u64, Error> {
        let raw = TxRaw {
            body_bytes: self.body(),
            auth_info_bytes: self.auth_info(Fee::default())?,
            // A simulation checks none, and takes none for many.
            signatures: vec![Vec::new()],
        };
        let request = SimulateRequest {
            tx_bytes: raw.encode_to_vec(),
            ..Default::default()
        };
        let path = "/cosmos.tx.v1beta1.Service/Simulate";
        let response: SimulateResponse = chain.query(path, &request).await?;
        let used = response.gas_info.unwrap_or_default().gas_used;
        Ok(used
            .saturating_add(used / 100 * MARGIN_PERCENT)
            .saturating_add(MARGIN))
    }

    /// The transaction, signed, with a fee for so much gas.
    ///
    /// # Errors
    /// [`Error::Signing`], [`Error::GasPrice`].
    pub fn sign(&self, chain: &Chain, gas: u64) -> Result<Signed, Error> {
        let price = &chain.network().gas_price;
        let fee = Fee {
            amount: vec![Coin {
                denom: price.denom().into(),
                amount: price.fee(gas)?.to_string(),
            }],
            gas_limit: gas,
            ..Default::default()
        };
        let (body_bytes, auth_info_bytes) = (self.body(), self.auth_info(fee)?);
        let document = SignDoc {
            body_bytes: body_bytes.clone(),
            auth_info_bytes: auth_info_bytes.clone(),
            chain_id: chain.network().chain_id.clone(),
            account_number: self.state.number,
        };
        let signature = self.account.key().sign(&document.encode_to_vec());
        let signature = signature.map_err(|error| Error::Signing(error.to_string()))?;
        let raw = TxRaw {
            body_bytes,
            auth_info_bytes,
            signatures: vec![signature.to_vec()],
        };
        Ok(Signed {
            bytes: raw.encode_to_vec(),
            sequence: self.state.sequence,
            timeout_height: self.timeout_height,
        })
    }

    fn body(&self) -> Vec<u8> {
        let body = TxBody {
            messages: self.messages.clone(),
            timeout_height: self.timeout_height,
            ..Default::default()
        };
        body.encode_to_vec()
    }

    fn auth_info(&self, fee: Fee) -> Result<Vec<u8>, Error> {
        let signer = SignerInfo {
            // The chain has it from the first transaction on, but SDK 0.54 fails without it.
            public_key: Some(self.account.key().public_key().into()),
            mode_info: ModeInfo::single(SignMode::Direct),
            sequence: self.state.sequence,
        };
        let info = AuthInfo {
            signer_infos: vec![signer.into()],
            fee: Some(fee),
            ..Default::default()
        };
        Ok(info.encode_to_vec())
    }
}
