package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/bits"
	"os"

	"github.com/consensys/gnark-crypto/ecc/bls12-381/fr"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bls12-381"
)

// magic is the first bytes of an instance file, the last of them the format's version.
const magic = "assay-r1cs\x01"

// inputs is the number of wires that aren't private: the constant one and the public input.
const inputs = 2

var errNotAnInstance = errors.New("no instance file: make it with `assay-peers export`")

// instance is a constraint system and a witness in gnark's own types. All private
// wires are secret inputs, so that the solver has nothing to compute.
type instance struct {
	witness     string
	constraints *cs.R1CS
	assignment  witness.Witness
}

// log2 is the binary logarithm of the least domain that holds the constraints, and one
// more for the constant and the public input each: the other provers' domain.
func (i *instance) log2() int {
	return bits.Len(uint(i.constraints.GetNbConstraints() + inputs - 1))
}

// header is what follows the magic bytes.
type header struct {
	Name, Constraints, Wires, Coefficients uint32
}

// readInstance reads an instance file; README.md has the format.
func readInstance(path string) (*instance, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	rest, found := bytes.CutPrefix(data, []byte(magic))
	if !found {
		return nil, errNotAnInstance
	}
	reader := bytes.NewReader(rest)
	instance, err := decode(reader)
	if err != nil || reader.Len() != 0 {
		return nil, errNotAnInstance
	}
	return instance, nil
}

func decode(reader io.Reader) (*instance, error) {
	var header header
	if err := binary.Read(reader, binary.LittleEndian, &header); err != nil {
		return nil, err
	}
	name := make([]byte, header.Name)
	if _, err := io.ReadFull(reader, name); err != nil {
		return nil, err
	}
	system := cs.NewR1CS(int(header.Constraints))
	coefficients, err := readCoefficients(reader, system, header.Coefficients)
	if err != nil {
		return nil, err
	}
	if err := addWires(system, header.Wires); err != nil {
		return nil, err
	}
	if err := addConstraints(reader, system, coefficients, header); err != nil {
		return nil, err
	}
	values, err := readElements(reader, header.Wires)
	if err != nil {
		return nil, err
	}
	assignment, err := assign(values)
	if err != nil {
		return nil, err
	}
	return &instance{witness: string(name), constraints: system, assignment: assignment}, nil
}

// readCoefficients reads the table of coefficients and returns gnark's number for each.
func readCoefficients(reader io.Reader, system *cs.R1CS, count uint32) ([]uint32, error) {
	elements, err := readElements(reader, count)
	if err != nil {
		return nil, err
	}
	numbers := make([]uint32, count)
	for i, element := range elements {
		var limbs constraint.U64
		copy(limbs[:], element[:])
		numbers[i] = system.AddCoeff(limbs)
	}
	return numbers, nil
}

// addWires numbers the wires as the file does: the constant one, the public input, the
// private ones.
func addWires(system *cs.R1CS, count uint32) error {
	if count <= inputs {
		return errNotAnInstance
	}
	system.AddPublicVariable("1")
	system.AddPublicVariable("public")
	for range count - inputs {
		system.AddSecretVariable("")
	}
	return nil
}

// matrix is a sparse matrix: where each row's terms end, and the terms.
type matrix struct {
	ends  []uint32
	terms []constraint.Term
}

func (m *matrix) row(row int) constraint.LinearExpression {
	start := uint32(0)
	if row > 0 {
		start = m.ends[row-1]
	}
	return m.terms[start:m.ends[row]]
}

func addConstraints(reader io.Reader, system *cs.R1CS, coefficients []uint32, header header) error {
	var matrices [3]matrix
	for i := range matrices {
		if err := matrices[i].read(reader, coefficients, header); err != nil {
			return err
		}
	}
	blueprint := system.AddBlueprint(&constraint.BlueprintGenericR1C{})
	for row := range int(header.Constraints) {
		system.AddR1C(constraint.R1C{
			L: matrices[0].row(row),
			R: matrices[1].row(row),
			O: matrices[2].row(row),
		}, blueprint)
	}
	return nil
}

// read reads a matrix whose terms name existing wires and coefficients.
func (m *matrix) read(reader io.Reader, coefficients []uint32, header header) error {
	m.ends = make([]uint32, header.Constraints)
	if err := binary.Read(reader, binary.LittleEndian, m.ends); err != nil {
		return err
	}
	end := uint32(0)
	for _, next := range m.ends {
		if next < end {
			return errNotAnInstance
		}
		end = next
	}
	terms := make([][2]uint32, end)
	if err := binary.Read(reader, binary.LittleEndian, terms); err != nil {
		return err
	}
	m.terms = make([]constraint.Term, end)
	for i, term := range terms {
		wire, coefficient := term[0], term[1]
		if wire >= header.Wires || coefficient >= header.Coefficients {
			return errNotAnInstance
		}
		m.terms[i] = constraint.Term{VID: wire, CID: coefficients[coefficient]}
	}
	return nil
}

// readElements reads canonical little-endian field elements.
func readElements(reader io.Reader, count uint32) ([]fr.Element, error) {
	elements := make([]fr.Element, count)
	var encoded [fr.Bytes]byte
	for i := range elements {
		if _, err := io.ReadFull(reader, encoded[:]); err != nil {
			return nil, err
		}
		element, err := fr.LittleEndian.Element(&encoded)
		if err != nil {
			return nil, err
		}
		elements[i] = element
	}
	return elements, nil
}

// assign makes gnark's witness, which leaves the constant one out.
func assign(values []fr.Element) (witness.Witness, error) {
	assignment, err := witness.New(fr.Modulus())
	if err != nil {
		return nil, err
	}
	wires := make(chan any)
	go func() {
		defer close(wires)
		for _, value := range values[1:] {
			wires <- value
		}
	}()
	return assignment, assignment.Fill(inputs-1, len(values)-inputs, wires)
}
