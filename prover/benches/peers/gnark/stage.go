package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/logger"
)

// verifications is how often a proof is verified; of these the median counts.
const verifications = 11

// setupCost is what a setup costs.
type setupCost struct {
	Seconds  float64 `json:"setup_s"`
	KeyBytes int64   `json:"key_bytes"`
}

// proofCost is what a proof costs, once the key and the constraint system are loaded.
type proofCost struct {
	Seconds            float64 `json:"prove_s"`
	VerifyMilliseconds float64 `json:"verify_ms"`
	peak
}

func init() {
	logger.Disable()
}

// setup makes a key and writes it to a file.
func setup(instance *instance, path string) (*setupCost, error) {
	start := time.Now()
	key, verifier, err := groth16.Setup(instance.constraints)
	if err != nil {
		return nil, err
	}
	seconds := time.Since(start).Seconds()
	size, err := save(key, verifier, path)
	return &setupCost{Seconds: seconds, KeyBytes: size}, err
}

// prove loads a key, proves the instance and verifies the proof.
func prove(instance *instance, path string) (*proofCost, error) {
	key, verifier, err := load(path)
	if err != nil {
		return nil, err
	}
	// What reading left behind is no memory of the prover's.
	debug.FreeOSMemory()
	watch, err := startWatch()
	if err != nil {
		return nil, err
	}
	start := time.Now()
	proof, err := groth16.Prove(instance.constraints, key, instance.assignment)
	if err != nil {
		return nil, err
	}
	cost := proofCost{Seconds: time.Since(start).Seconds()}
	if cost.peak, err = watch.stop(); err != nil {
		return nil, err
	}
	cost.VerifyMilliseconds, err = verify(instance, verifier, proof)
	return &cost, err
}

// verify returns the median time in milliseconds.
func verify(instance *instance, key groth16.VerifyingKey, proof groth16.Proof) (float64, error) {
	public, err := instance.assignment.Public()
	if err != nil {
		return 0, err
	}
	times := make([]float64, verifications)
	for i := range times {
		start := time.Now()
		if err := groth16.Verify(proof, key, public); err != nil {
			return 0, err
		}
		times[i] = 1e3 * time.Since(start).Seconds()
	}
	slices.Sort(times)
	return times[verifications/2], nil
}

// save writes both keys uncompressed and returns their size.
func save(key groth16.ProvingKey, verifier groth16.VerifyingKey, path string) (int64, error) {
	file, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	out := bufio.NewWriterSize(file, 1<<20)
	size, err := key.WriteRawTo(out)
	if err != nil {
		return 0, err
	}
	more, err := verifier.WriteRawTo(out)
	if err != nil {
		return 0, err
	}
	return size + more, out.Flush()
}

// load reads both keys without checking their points.
func load(path string) (key groth16.ProvingKey, verifier groth16.VerifyingKey, err error) {
	// gnark panics over a file that is no key.
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("%s is no key of gnark's: make it with `gnark setup`", path)
		}
	}()
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, 1<<20)
	key = groth16.NewProvingKey(ecc.BLS12_381)
	if _, err := key.UnsafeReadFrom(in); err != nil {
		return nil, nil, err
	}
	verifier = groth16.NewVerifyingKey(ecc.BLS12_381)
	_, err = verifier.UnsafeReadFrom(in)
	return key, verifier, err
}
