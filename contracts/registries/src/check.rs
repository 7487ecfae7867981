//! Whether a contract can be trusted to stay what it is.

use assay_protocol::messages::Trusted;
use cosmwasm_std::Deps;

use crate::Error;

/// Checks that a contract has no admin, who could change its code, and runs the
/// code that it should. `name` is for errors.
///
/// # Errors
/// [`Error::NotAContract`], [`Error::HasAdmin`], [`Error::WrongCode`]; [`Error::Std`] for a
/// malformed address.
pub fn check(deps: Deps, name: &'static str, given: Trusted) -> Result<Trusted, Error> {
    let address = deps.api.addr_validate(&given.address)?.into_string();
    let code_id = refuse_admin(deps, name, &address)?;
    let code = deps.querier.query_wasm_code_info(code_id)?;
    if code.checksum.as_slice() != given.checksum.as_slice() {
        return Err(Error::WrongCode {
            name,
            address,
            expected: given.checksum.to_hex(),
            found: code.checksum.to_hex(),
        });
    }
    let checksum = given.checksum;
    Ok(Trusted { address, checksum })
}

/// Checks that a contract has no admin and returns its code id.
///
/// A chain refuses to migrate a contract to code that exports no `migrate`, and these
/// export none: so nobody can have planted storage under other code before.
///
/// # Errors
/// [`Error::NotAContract`], [`Error::HasAdmin`].
pub fn refuse_admin(deps: Deps, name: &'static str, address: &str) -> Result<u64, Error> {
    let unknown = |_| Error::NotAContract {
        name,
        address: address.to_owned(),
    };
    let contract = deps
        .querier
        .query_wasm_contract_info(address)
        .map_err(unknown)?;
    match contract.admin {
        None => Ok(contract.code_id),
        Some(admin) => Err(Error::HasAdmin {
            name,
            address: address.to_owned(),
            admin: admin.into(),
        }),
    }
}
