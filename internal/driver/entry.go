package driver

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/soplint/soplint/internal/finding"
	"github.com/soplint/soplint/internal/rule"
)

// An entry is what the cache keeps about a package.
type entry struct {
	api         digest // of what others see of its types
	objectFacts bool   // whether any of its facts is about an object
	found       found
	facts       []byte // encoded; most runs do not need them
	always      digest // of those of its facts that everything depends on that has it in reach
	onDemand    digest // of the others, which are imported on demand
	demands     []demand
	depends     []rule.Dependency
}

// A demand is a package whose on-demand facts an entry depends on.
type demand struct {
	Package string // its ImportPath
	Facts   digest
}

// found is what a package adds to the outcome of a run.
type found struct {
	Findings []finding.Finding
	Comments []Comment
	Visits   []visit
	Open     []finding.Problem
}

// An entryBody is what few entries have.
type entryBody struct {
	Found   found
	Demands []demand
	Depends []rule.Dependency
}

// An entry begins with the digests, a byte of flags, and the length of the
// encoded body; its facts follow that.
const entryHead = 3*len(digest{}) + 1 + 4

func (e *entry) encode() ([]byte, error) {
	var body bytes.Buffer
	if len(e.found.Findings)+len(e.found.Comments)+len(e.found.Visits)+len(e.found.Open)+len(e.demands)+len(e.depends) > 0 {
		if err := gob.NewEncoder(&body).Encode(entryBody{e.found, e.demands, e.depends}); err != nil {
			return nil, err
		}
	}
	data := make([]byte, 0, entryHead+body.Len()+len(e.facts))
	data = append(data, e.api[:]...)
	data = append(data, e.always[:]...)
	data = append(data, e.onDemand[:]...)
	flags := byte(0)
	if e.objectFacts {
		flags = 1
	}
	data = append(data, flags)
	data = binary.LittleEndian.AppendUint32(data, uint32(body.Len()))
	data = append(data, body.Bytes()...)
	return append(data, e.facts...), nil
}

func decodeEntry(data []byte) (*entry, error) {
	if len(data) < entryHead {
		return nil, errors.New("entry is too short")
	}
	e := &entry{objectFacts: data[3*len(digest{})] != 0}
	rest := data[copy(e.api[:], data):]
	rest = rest[copy(e.always[:], rest):]
	copy(e.onDemand[:], rest)
	length := int(binary.LittleEndian.Uint32(data[entryHead-4:]))
	rest = data[entryHead:]
	if length > len(rest) {
		return nil, errors.New("entry is too short")
	}
	e.facts = rest[length:]
	if length > 0 {
		var body entryBody
		if err := gob.NewDecoder(bytes.NewReader(rest[:length])).Decode(&body); err != nil {
			return nil, err
		}
		e.found, e.demands, e.depends = body.Found, body.Demands, body.Depends
	}
	for i := range e.found.Findings {
		restoreEmpty(&e.found.Findings[i])
	}
	return e, nil
}

// restoreEmpty makes the lists of f what they were: gob does not tell an empty
// list from none.
func restoreEmpty(f *finding.Finding) {
	if f.Related == nil {
		f.Related = []finding.Related{}
	}
	if f.Fixes == nil {
		f.Fixes = []finding.Fix{}
	}
}

// A wireFact is the encoded form of a fact.
type wireFact struct {
	Analyzer string
	Type     int             // index into the analyzer's FactTypes
	Object   objectpath.Path // empty for facts about the package
	Data     []byte
}

// encodeFacts makes the facts of n part of e. It is an error if one of them
// cannot be told to others by the name of its object.
func (e *entry) encodeFacts(p *plan, n *node) error {
	var all []wireFact
	var encoder objectpath.Encoder
	sums := map[bool]hasher{false: newHasher("always"), true: newHasher("on demand")}
	for _, analyzer := range p.order {
		table := n.facts[analyzer]
		if table == nil {
			continue
		}
		for _, fact := range table.packages {
			wire, err := encodeFact(analyzer, fact)
			if err != nil {
				return err
			}
			all = append(all, wire)
			sums[isOnDemand(fact)].text(fmt.Sprint(wire.Type), string(wire.Data))
		}
		for _, entry := range table.list {
			wire, err := encodeFact(analyzer, entry.Fact)
			if err != nil {
				return err
			}
			if wire.Object, err = encoder.For(entry.Object); err != nil {
				return err
			}
			all, e.objectFacts = append(all, wire), true
			sums[false].text(fmt.Sprint(wire.Type), string(wire.Object), string(wire.Data))
		}
	}
	e.always, e.onDemand = sums[false].sum(), sums[true].sum()
	if len(all) == 0 {
		return nil
	}
	var buffer bytes.Buffer
	err := gob.NewEncoder(&buffer).Encode(all)
	e.facts = buffer.Bytes()
	return err
}

func encodeFact(analyzer *analysis.Analyzer, fact analysis.Fact) (wireFact, error) {
	index := slices.IndexFunc(analyzer.FactTypes, func(known analysis.Fact) bool {
		return reflect.TypeOf(known) == reflect.TypeOf(fact)
	})
	if index < 0 {
		return wireFact{}, fmt.Errorf("%s does not declare facts of type %T", analyzer.Name, fact)
	}
	var buffer bytes.Buffer
	err := gob.NewEncoder(&buffer).Encode(fact)
	return wireFact{Analyzer: analyzer.Name, Type: index, Data: buffer.Bytes()}, err
}

// decodeFacts is the inverse of encodeFacts. Without the types of the package it
// leaves out facts about objects. It panics on what it cannot decode, which this
// build of the program has not written.
func (p *plan) decodeFacts(data []byte, pkg *types.Package) map[*analysis.Analyzer]*factTable {
	tables := make(map[*analysis.Analyzer]*factTable)
	if len(data) == 0 {
		return tables
	}
	var all []wireFact
	mustDecode(data, &all)
	for _, wire := range all {
		analyzer := p.order[slices.IndexFunc(p.order, func(a *analysis.Analyzer) bool { return a.Name == wire.Analyzer })]
		fact := reflect.New(reflect.TypeOf(analyzer.FactTypes[wire.Type]).Elem()).Interface().(analysis.Fact)
		mustDecode(wire.Data, fact)
		table := tables[analyzer]
		if table == nil {
			table = newFactTable()
			tables[analyzer] = table
		}
		if wire.Object == "" {
			table.packages = append(table.packages, fact)
			continue
		}
		if pkg == nil {
			continue
		}
		if object, err := objectpath.Object(pkg, wire.Object); err == nil {
			table.add(object, fact)
		}
	}
	return tables
}

func mustDecode(data []byte, value any) {
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(value); err != nil {
		panic(fmt.Sprintf("cannot decode what this program has encoded: %v", err))
	}
}
