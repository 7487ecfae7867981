// Command gnark measures one stage of the prover gnark on an instance of the
// peer benchmark: `gnark setup|prove INSTANCE KEY`. Its output is the same line
// of JSON as the other provers'.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

const name = "gnark"

// record is what a process has measured, and of what.
type record struct {
	Prover  string `json:"prover"`
	Witness string `json:"witness"`
	Log2    int    `json:"log2"`
	Stage   string `json:"stage"`
	*setupCost
	*proofCost
}

func main() {
	record, err := run(os.Args[1:])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(record)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}

func run(arguments []string) (*record, error) {
	if len(arguments) != 3 {
		return nil, fmt.Errorf("three arguments are needed: setup or prove, the instance's file, the key's file")
	}
	stage, path, key := arguments[0], arguments[1], arguments[2]
	if stage != "setup" && stage != "prove" {
		return nil, fmt.Errorf("no stage %q: it is setup or prove", stage)
	}
	instance, err := readInstance(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	result := record{Prover: name, Witness: instance.witness, Log2: instance.log2(), Stage: stage}
	if stage == "setup" {
		result.setupCost, err = setup(instance, key)
	} else {
		result.proofCost, err = prove(instance, key)
	}
	return &result, err
}
