//! `assay dataset serve`: handing data over to workers.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use assay_client::{Chain, Network};
use assay_protocol::id::{DatasetCommitment, JobId};
use assay_protocol::messages::jobs::{JobResponse, QueryMsg, SlotState};
use axum::Router;
use axum::extract::{Path as Segments, Request, State};
use axum::http::StatusCode;
use axum::http::header::RANGE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures::future::join_all;
use serde::Serialize;
use tokio::sync::Mutex;
use tower::ServiceExt;
use tower_http::services::ServeFile;

use crate::Error;
use crate::artefact::dataset::Holding;
use crate::chain::{ChainArgs, Session, hand_over};
use crate::output::{Output, Report, print};

/// How long a node may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long an answer of the nodes is good for.
const FRESH: Duration = Duration::from_secs(1);

/// How often the nodes are asked until they agree, and the pause in between.
const AGREEMENTS: u32 = 10;
const PAUSE: Duration = Duration::from_millis(500);

/// Hand a dataset over to the workers of your jobs.
///
/// Serves rows, schema and salt over HTTP, encrypted to the key that the worker published when
/// it accepted: nobody else can read them, and whoever asks for another slot gets nothing.
/// Every node of the profile has to answer and to say the same of who that is: leave out one
/// that is down with `--node`. Ends with an interrupt.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  assay dataset serve cells --job 7 --listen 127.0.0.1:8080")]
pub struct Args {
    /// The dataset's folder
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// A job whose workers are handed the data
    #[arg(long = "job", value_name = "JOB", required = true)]
    pub jobs: Vec<u64>,
    /// Where to listen; port 0 chooses one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Which chain.
    #[command(flatten)]
    pub chain: ChainArgs,
}

/// The end of a service.
#[derive(Debug, Serialize)]
pub struct Served {
    address: SocketAddr,
}

/// What a request needs.
struct Service {
    session: SessionParts,
    folder: PathBuf,
    commitment: DatasetCommitment,
    jobs: Vec<u64>,
    /// Encrypted files by job and slot, and to which key, so that a download can be resumed.
    encrypted: Mutex<BTreeMap<(u64, u32), (String, PathBuf)>>,
    cache: tempfile::TempDir,
    output: Output,
}

/// A session's parts that requests use.
struct SessionParts {
    /// The chain, by each of its nodes alone: one that lies would have the data handed to
    /// somebody else, so all have to say the same.
    nodes: Vec<Chain>,
    contract: String,
    /// What they last said, by job.
    known: Mutex<BTreeMap<u64, Known>>,
}

/// What all nodes said of a job, and when: asked by one request at a time.
type Known = Arc<Mutex<Option<(Instant, Result<JobResponse, Refusal>)>>>;

impl SessionParts {
    fn new(session: &Session) -> Result<Self, Error> {
        let network = session.chain().network();
        let alone = network.endpoints.iter().map(|endpoint| {
            let endpoints = vec![endpoint.clone()];
            let network = Network {
                endpoints,
                ..network.clone()
            };
            Ok(Chain::new(network)?.with_patience(PATIENCE))
        });
        Ok(Self {
            nodes: alone.collect::<Result<_, Error>>()?,
            contract: session.deployment()?.jobs.address,
            known: Mutex::default(),
        })
    }

    /// The job, as all nodes have it; for a moment one may be a block behind. They are asked
    /// once for all who ask within [`FRESH`].
    async fn job(&self, job: u64) -> Result<JobResponse, Refusal> {
        let known = self.known.lock().await.entry(job).or_default().clone();
        let mut known = known.lock().await;
        if let Some((at, found)) = &*known
            && at.elapsed() < FRESH
        {
            return found.clone();
        }
        let mut found = agreed(self.ask(job).await);
        for _ in 1..AGREEMENTS {
            if found != Err(disagreement()) {
                break;
            }
            tokio::time::sleep(PAUSE).await;
            found = agreed(self.ask(job).await);
        }
        *known = Some((Instant::now(), found.clone()));
        found
    }

    /// What each node says.
    async fn ask(&self, job: u64) -> Vec<Result<JobResponse, String>> {
        let query = QueryMsg::Job { job: JobId(job) };
        let asked = self.nodes.iter().map(|node| async {
            let answer = node.smart(&self.contract, &query);
            match tokio::time::timeout(PATIENCE, answer).await {
                Ok(answer) => answer.map_err(|error| error.to_string()),
                Err(_) => {
                    let endpoints = node.network().endpoints.join(", ");
                    Err(format!("{endpoints} doesn't answer in time"))
                }
            }
        });
        join_all(asked).await
    }
}

/// What all answers say, none of which may be lacking: who asks for the data could keep a node
/// from answering.
fn agreed(answers: Vec<Result<JobResponse, String>>) -> Result<JobResponse, Refusal> {
    let answers: Result<Vec<JobResponse>, String> = answers.into_iter().collect();
    let mut answers = answers.map_err(|why| Refusal(StatusCode::BAD_GATEWAY, why))?;
    if answers.windows(2).any(|pair| pair[0] != pair[1]) {
        return Err(disagreement());
    }
    let nobody = || Refusal(StatusCode::BAD_GATEWAY, "there is no node".into());
    answers.pop().ok_or_else(nobody)
}

fn disagreement() -> Refusal {
    let why = "the nodes don't agree on the job: try again in a moment";
    Refusal(StatusCode::BAD_GATEWAY, why.into())
}

/// Why a request gets nothing.
#[derive(Clone, Debug, PartialEq)]
struct Refusal(StatusCode, String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

/// Runs the command.
///
/// # Errors
/// [`Error`] if the dataset is no good, or nothing can listen there.
pub fn run(args: &Args, output: Output) -> Result<Served, Error> {
    let session = Session::read(&args.chain)?;
    let holding = Holding::read(&args.folder)?;
    let cache = tempfile::tempdir().map_err(Error::write(Path::new("a temporary folder")))?;
    let service = Service {
        session: SessionParts::new(&session)?,
        folder: args.folder.clone(),
        commitment: holding.registration.commitment,
        jobs: args.jobs.clone(),
        encrypted: Mutex::new(BTreeMap::new()),
        cache,
        output,
    };
    session.block_on(async {
        let failed = |source| Error::Listen {
            address: args.listen,
            source,
        };
        let listener = tokio::net::TcpListener::bind(args.listen).await;
        let listener = listener.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        if !output.is_json() {
            print(&format!("serving at http://{address}"));
        }
        let router = Router::new()
            .route("/job/{job}/slot/{slot}", get(hand))
            .with_state(Arc::new(service));
        axum::serve(listener, router).await.map_err(failed)?;
        Ok(Served { address })
    })
}

/// Answers one request.
async fn hand(
    State(service): State<Arc<Service>>,
    Segments((job, slot)): Segments<(u64, u32)>,
    request: Request,
) -> Result<Response, Refusal> {
    let key = service.worker_key(job, slot).await?;
    let path = service.encrypted(job, slot, &key).await?;
    if !service.output.is_json() {
        let from = first_byte(&request);
        print(&format!(
            "handing slot {slot} of job {job} over, from byte {from}"
        ));
    }
    let served = ServeFile::new(path).oneshot(request).await;
    match served {
        Ok(response) => Ok(response.into_response()),
        Err(never) => match never {},
    }
}

/// Where the asked range begins.
fn first_byte(request: &Request) -> u64 {
    let range = request.headers().get(RANGE);
    let range = range.and_then(|range| range.to_str().ok()?.strip_prefix("bytes="));
    let first = range.and_then(|range| range.split('-').next()?.parse().ok());
    first.unwrap_or(0)
}

impl Service {
    /// The key that the worker of this slot published, if it is to be handed this data.
    async fn worker_key(&self, job: u64, slot: u32) -> Result<String, Refusal> {
        let not_here = || Refusal(StatusCode::NOT_FOUND, "no such job is served here".into());
        if !self.jobs.contains(&job) {
            return Err(not_here());
        }
        let found = self.session.job(job).await?;
        if found.terms.commitment != self.commitment {
            return Err(Refusal(
                StatusCode::NOT_FOUND,
                "the job is on other data".into(),
            ));
        }
        let slot = found
            .slots
            .into_iter()
            .nth(slot as usize)
            .ok_or_else(not_here)?;
        if !matches!(
            slot.state,
            SlotState::Accepted { .. } | SlotState::Started { .. }
        ) {
            let why = "the slot isn't accepted, or has ended".into();
            return Err(Refusal(StatusCode::CONFLICT, why));
        }
        let why = "the worker published no key when it accepted".into();
        slot.hand_over_key.ok_or(Refusal(StatusCode::CONFLICT, why))
    }

    /// The data encrypted to this key: the same file each time, so that parts of it fit.
    async fn encrypted(&self, job: u64, slot: u32, key: &str) -> Result<PathBuf, Refusal> {
        let mut encrypted = self.encrypted.lock().await;
        if let Some((same, path)) = encrypted.get(&(job, slot))
            && same == key
        {
            return Ok(path.clone());
        }
        // A worker may publish as many keys as it likes: only the last one's file is kept.
        let path = self.cache.path().join(format!("{job}-{slot}"));
        let recipient = hand_over::recipient(key);
        let written = recipient.and_then(|to| hand_over::encrypt(&self.folder, &to, &path));
        written.map_err(|error| Refusal(StatusCode::CONFLICT, error.line()))?;
        encrypted.insert((job, slot), (key.to_owned(), path.clone()));
        Ok(path)
    }
}

impl Report for Served {}

impl fmt::Display for Served {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "served at {}", self.address)
    }
}

#[cfg(test)]
mod tests {
    use assay_protocol::Scalar;
    use assay_protocol::id::{CircuitId, DatasetId};
    use assay_protocol::messages::jobs::{Terms, Windows};
    use assay_protocol::messages::time::Window;
    use cosmwasm_std::Coin;

    use super::*;

    fn job(requester: &str) -> JobResponse {
        let window = Window {
            seconds: 60,
            blocks: 10,
        };
        JobResponse {
            job: JobId(1),
            terms: Terms {
                payer: requester.into(),
                requester: requester.into(),
                refund_to: requester.into(),
                dataset: DatasetId(1),
                commitment: DatasetCommitment(Scalar::from(1)),
                dataset_owner: "owner".into(),
                royalty_bps: 0,
                price: None,
                circuit: CircuitId([0; 32]),
                slots: 0,
                reward: Coin::new(1u128, "token"),
                bond: Coin::new(1u128, "token"),
                worker: None,
                windows: Windows {
                    acceptance: window,
                    hand_over: window,
                    delivery: window,
                },
            },
            slots: vec![],
        }
    }

    #[test]
    fn data_is_handed_over_only_if_every_node_says_the_same() {
        let one = || Ok(job("one"));
        assert_eq!(agreed(vec![one(), one(), one()]), Ok(job("one")));
        let lying = agreed(vec![one(), Ok(job("other")), one()]);
        assert_eq!(lying, Err(disagreement()));
        let down = agreed(vec![one(), Err("it is down".into())]);
        assert_eq!(
            down,
            Err(Refusal(StatusCode::BAD_GATEWAY, "it is down".into()))
        );
        assert!(agreed(vec![]).is_err());
    }
}
