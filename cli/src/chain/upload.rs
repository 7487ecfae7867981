//! Parameter blobs on their way to the store and back.

use assay_client::{Executed, Message, Sender};
use assay_groth16::Proof;
use assay_protocol::Scalar;
use assay_protocol::challenge::challenges;
use assay_protocol::circuit::Kind;
use assay_protocol::id::{BlobId, StatementElement};
use assay_protocol::messages::model_store::{
    BlobResponse, BlobState, ByParametersResponse, EvaluationResponse, ExecuteMsg, InstantiateMsg,
    MissingChunksResponse, PinResponse, QueryMsg,
};
use assay_protocol::parameters::{BlobHash, CHUNK_BYTES, MAX_BLOB_BYTES, PublicParameters};
use cosmwasm_std::{Binary, Coin};
use futures::stream::{self, StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};

use super::Session;
use super::deployment::Deployed;
use super::payment::times;
use crate::Error;
use crate::progress::Step;
use assay_engine::Progress as _;

/// Chunks in one transaction: about 125 kB, 6 to 9 million gas.
const CHUNKS_A_TRANSACTION: usize = 4;

/// The most transactions that are on their way at once.
pub const MAX_STREAMS: usize = 16;

/// A blob that is to be stored.
pub struct Upload<'a> {
    /// The chain.
    pub session: &'a Session,
    /// Who uploads.
    pub sender: &'a Sender<'a>,
    /// The bytes.
    pub bytes: &'a [u8],
    /// What they are named by.
    pub hash: BlobHash,
    /// Who holds the first pin.
    pub holder: String,
    /// Transactions on their way at once, 1 to [`MAX_STREAMS`].
    pub streams: usize,
}

impl Upload<'_> {
    /// A finalised blob with these bytes, if the store knows one.
    ///
    /// # Errors
    /// [`Error::Client`].
    pub fn existing(&self) -> Result<Option<BlobId>, Error> {
        let parameters = PublicParameters::of(self.bytes, self.hash);
        let query = QueryMsg::ByParameters { parameters };
        let found: ByParametersResponse = self.session.ask(&self.store()?, &query)?;
        Ok(found.blob)
    }

    /// Whether the holder keeps `blob` already.
    ///
    /// # Errors
    /// [`Error::Client`].
    pub fn is_pinned(&self, blob: BlobId) -> Result<bool, Error> {
        is_pinned(self.session, blob, &self.holder)
    }

    /// The message that has the holder keep a blob that is there.
    ///
    /// # Errors
    /// [`Error`].
    pub fn pin(&self, blob: BlobId) -> Result<Message, Error> {
        let holder = Some(self.holder.clone());
        self.message(&ExecuteMsg::Pin { blob, holder }, &self.deposit()?)
    }

    /// Begins the upload; the same upload, if an earlier run began it.
    ///
    /// # Errors
    /// [`Error::Mismatch`] for what is too long, or [`Error::Client`].
    pub fn begin(&self) -> Result<BlobId, Error> {
        let length = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        if length == 0 || length > MAX_BLOB_BYTES {
            return Err(Error::Mismatch(format!(
                "a blob has 1 to {MAX_BLOB_BYTES} bytes, not {}",
                self.bytes.len()
            )));
        }
        let begin = ExecuteMsg::Begin {
            length,
            hash: self.hash,
            holder: Some(self.holder.clone()),
        };
        let messages = [self.message(&begin, &self.deposit()?)?];
        let (store, name) = (self.store()?.address, self.begun());
        let begun = |executed: &Executed| -> Result<BlobId, Error> {
            Ok(BlobId(executed.parsed(
                &store,
                "wasm-assay-begin",
                "blob_id",
            )?))
        };
        // What an earlier run began may have ended in another way since.
        let still_holds = |executed: &Executed| self.is_uploading(begun(executed)?);
        let executed =
            self.session
                .send_anew(self.sender, &store, &name, &messages, still_holds)?;
        begun(&executed)
    }

    /// Names the upload by its bytes: others are of the same length.
    fn begun(&self) -> String {
        let digest = hex::encode(Sha256::digest(self.bytes));
        format!("begin {digest} {:?} for {}", self.hash, self.holder)
    }

    /// Whether an upload still goes on.
    fn is_uploading(&self, id: BlobId) -> Result<bool, Error> {
        let found = known(self.session, id)?;
        Ok(found.is_some_and(|found| matches!(found.state, BlobState::Uploading { .. })))
    }

    /// Puts the chunks that are missing, but for the last where it is `kept_back`, several
    /// transactions at a time.
    ///
    /// # Errors
    /// [`Error::Client`]; the same call goes on from there.
    pub fn put_missing(&self, blob: BlobId, kept_back: bool, step: &Step) -> Result<(), Error> {
        let chunks = self.bytes.chunks(CHUNK_BYTES).len();
        let wanted = chunks - usize::from(kept_back);
        let mut missing = self.missing(blob)?;
        missing.retain(|&index| (index as usize) < wanted);
        let mut done = wanted - missing.len();
        step.report(done, wanted);
        let batches = missing.chunks(CHUNKS_A_TRANSACTION).map(|batch| {
            let messages = batch.iter().map(|&index| self.put(blob, index));
            Ok((batch.len(), messages.collect::<Result<Vec<_>, Error>>()?))
        });
        let batches = batches.collect::<Result<Vec<_>, Error>>()?;
        let sent = stream::iter(&batches).map(|(chunks, messages)| async move {
            self.sender.send(messages).await.map(|_| *chunks)
        });
        let streams = self.streams.clamp(1, MAX_STREAMS);
        self.session.block_on(async {
            let mut ended = sent.buffer_unordered(streams);
            while let Some(chunks) = ended.try_next().await? {
                done += chunks;
                step.report(done, wanted);
            }
            Ok::<_, assay_client::Error>(())
        })?;
        Ok(())
    }

    /// The message that puts one chunk.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put(&self, blob: BlobId, index: u32) -> Result<Message, Error> {
        let chunk = self.bytes.chunks(CHUNK_BYTES).nth(index as usize);
        let data = Binary::from(chunk.unwrap_or_default());
        self.message(&ExecuteMsg::PutChunk { blob, index, data }, &[])
    }

    /// The messages that put the last chunk, unless it is there, and finalise.
    ///
    /// # Errors
    /// [`Error`].
    pub fn close(&self, blob: BlobId) -> Result<Vec<Message>, Error> {
        let last = self.missing(blob)?;
        let puts = last.into_iter().map(|index| self.put(blob, index));
        let mut messages = puts.collect::<Result<Vec<_>, _>>()?;
        messages.push(self.message(&ExecuteMsg::Finalise { blob }, &[])?);
        Ok(messages)
    }

    /// The chunks that an upload lacks.
    fn missing(&self, blob: BlobId) -> Result<Vec<u32>, Error> {
        let mut all = Vec::new();
        let mut start_after = None;
        loop {
            let query = QueryMsg::MissingChunks {
                blob,
                start_after,
                limit: None,
            };
            let page: MissingChunksResponse = self.session.ask(&self.store()?, &query)?;
            all.extend(page.missing);
            start_after = page.next;
            if start_after.is_none() {
                return Ok(all);
            }
        }
    }

    /// What the store takes for all chunks.
    fn deposit(&self) -> Result<Vec<Coin>, Error> {
        deposit(self.session, self.bytes.chunks(CHUNK_BYTES).len() as u32)
    }

    fn message(&self, msg: &ExecuteMsg, funds: &[Coin]) -> Result<Message, Error> {
        Ok(Message::execute(self.store()?.address, msg, funds)?)
    }

    fn store(&self) -> Result<Deployed, Error> {
        Ok(self.session.deployment()?.model_store)
    }
}

/// Where the store has to evaluate the parameters that a proof is about, if its statement has a
/// fingerprint.
pub fn point(kind: Kind, elements: &[Scalar], proof: &Proof) -> Option<StatementElement> {
    let commitment = proof.commitment().filter(|_| kind.has_fingerprint())?;
    Some(StatementElement(
        challenges(kind.tag(), elements, commitment)[1],
    ))
}

/// Has the store evaluate the chunks that are there, but for a blob of one chunk, which is
/// evaluated where the proof is checked.
///
/// # Errors
/// [`Error::Client`].
pub fn evaluate(
    session: &Session,
    sender: &Sender<'_>,
    id: BlobId,
    point: StatementElement,
) -> Result<(), Error> {
    let store = session.deployment()?.model_store;
    let found = blob(session, id)?;
    let query = QueryMsg::Evaluation { blob: id, point };
    // The last chunk of an upload is kept back.
    let until = match found.state {
        BlobState::Uploading { .. } => found.chunks.saturating_sub(1),
        _ if found.chunks > 1 => found.chunks,
        _ => 0,
    };
    loop {
        let reached: EvaluationResponse = session.ask(&store, &query)?;
        if reached.evaluated >= until {
            return Ok(());
        }
        let name = format!("evaluate {id} at {point} from {}", reached.evaluated);
        let message = evaluation(session, id, point)?;
        session.send_as(sender, &store.address, &name, &[message])?;
    }
}

/// The message that goes on with an evaluation.
///
/// # Errors
/// [`Error`].
pub fn evaluation(
    session: &Session,
    blob: BlobId,
    point: StatementElement,
) -> Result<Message, Error> {
    let store = session.deployment()?.model_store.address;
    let limit = None;
    let message = ExecuteMsg::Evaluate { blob, point, limit };
    Ok(Message::execute(store, &message, &[])?)
}

/// What the store says of a blob.
///
/// # Errors
/// [`Error::Client`].
pub fn blob(session: &Session, blob: BlobId) -> Result<BlobResponse, Error> {
    session.ask(&session.deployment()?.model_store, &QueryMsg::Blob { blob })
}

/// As [`blob`]; nothing of one that was deleted, which leaves no trace, or never was.
///
/// # Errors
/// [`Error::Client`].
pub fn known(session: &Session, id: BlobId) -> Result<Option<BlobResponse>, Error> {
    match blob(session, id) {
        Ok(found) => Ok(Some(found)),
        Err(Error::Client(error)) if error.is_refusal() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether this address keeps a blob.
///
/// # Errors
/// [`Error::Client`].
pub fn is_pinned(session: &Session, blob: BlobId, holder: &str) -> Result<bool, Error> {
    let holder = holder.to_owned();
    let query = QueryMsg::Pin { blob, holder };
    let found: PinResponse = session.ask(&session.deployment()?.model_store, &query)?;
    Ok(found.releasable.is_some())
}

/// What the store takes for so many chunks.
///
/// # Errors
/// [`Error::Client`].
pub fn deposit(session: &Session, chunks: u32) -> Result<Vec<Coin>, Error> {
    let store = session.deployment()?.model_store;
    let config: InstantiateMsg = session.ask(&store, &QueryMsg::Config {})?;
    let deposit = config.deposit.iter();
    deposit.map(|coin| times(coin, chunks)).collect()
}

/// A finalised blob's bytes, read several chunks at a time, and checked against what names
/// them.
///
/// # Errors
/// [`Error::Refused`] for a blob that isn't complete, or bytes that aren't what its name says.
pub fn download(session: &Session, id: BlobId, step: &Step) -> Result<Vec<u8>, Error> {
    let found = blob(session, id)?;
    let Some(named) = found.parameters else {
        return Err(Error::Refused(format!(
            "blob {id} isn't complete, or nobody keeps it any more"
        )));
    };
    let store = session.deployment()?.model_store;
    let total = found.chunks as usize;
    let parts = stream::iter(0..found.chunks).map(|index| {
        let query = QueryMsg::Chunk { blob: id, index };
        let (chain, address) = (session.chain(), &store.address);
        async move { chain.smart::<Binary>(address, &query).await }
    });
    let bytes = session.block_on(async {
        let mut parts = parts.buffered(8);
        let (mut bytes, mut done) = (Vec::new(), 0);
        while let Some(chunk) = parts.try_next().await? {
            bytes.extend_from_slice(&chunk);
            done += 1;
            step.report(done, total);
        }
        Ok::<_, assay_client::Error>(bytes)
    })?;
    if PublicParameters::of(&bytes, found.hash) != named {
        return Err(Error::Refused(format!(
            "the node's bytes of blob {id} aren't what its name {named} says: ask another node"
        )));
    }
    Ok(bytes)
}
