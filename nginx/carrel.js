// The only code that nginx runs for Carrel: the hash of the API key that a request carries.
//
// nginx compares hashes, never keys, so neither its configuration nor its memory dump holds a key that works.
// Written for njs 0.7.9 and later (Debian 12).

import crypto from 'crypto';

/// SHA-256 of the request's API key in base64url without padding: 43 characters. With hexadecimal's 64 an entry would
/// not fit the default bucket of nginx's `map`, and `map_hash_bucket_size` may stand only once on a host.
///
/// The key is the second piece of `Authorization` split at single spaces. The scheme before it is not looked at, a third
/// word is ignored, and two spaces make an empty second piece: no key, and the empty text, which no map entry has.
function keyHash(request) {
    const header = request.headersIn.Authorization;
    const key = header ? header.split(' ')[1] : '';
    return key ? crypto.createHash('sha256').update(key).digest('base64url') : '';
}

export default { keyHash };
